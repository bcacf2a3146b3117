package dev.facet.loader.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.loader.data.Fields;
import dev.facet.loader.files.Endings;
import dev.facet.loader.index.Entry;
import dev.facet.loader.index.Entry.Picture;
import dev.facet.loader.index.ListFormat;
import dev.facet.loader.index.ListedFile;
import dev.facet.loader.index.Sink;
import dev.facet.loader.json.MalformedException;
import dev.facet.loader.source.TarSample.Member;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/**
 * Webdataset tars: a picture, its captions and a {@code .json}, of the same name ({@link
 * TarSample}). Of a file that is damaged or ends too early the whole members count; each place
 * where members were lost is a malformed row.
 */
record TarFormat(Path root, Fields mapped, MappedFields fields) implements ListFormat {
  /** Longer ones are no captions. */
  private static final int MOST_TEXT = 16 << 20;

  @Override
  public List<ListedFile> parts() {
    PackedTars.refuse(root);
    return ListFiles.parts(root, "tar");
  }

  @Override
  public List<Path> pictureFolders(ListedFile part) {
    return List.of(ListFiles.folder(root));
  }

  @Override
  public void scan(ListedFile part, Sink sink) throws IOException {
    try (FileChannel channel = FileChannel.open(part.path(), StandardOpenOption.READ)) {
      TarReader tar = new TarReader(channel);
      TarSample.Collector members = new TarSample.Collector(mapped.image(), this::isText);
      while (tar.next()) {
        members.add(tar.name(), tar.offset(), tar.size());
      }
      fields.noticeOthers(members.others());
      List<TarSample> samples = members.samples();
      if (samples.isEmpty()) {
        sink.note(
            part.name()
                + " holds neither pictures nor texts, but "
                + MappedFields.listed(members.others()));
      }
      long number = 0;
      for (TarSample sample : samples) {
        try {
          sink.add(entry(tar, part, number, sample));
        } catch (MalformedException e) {
          String id = part.name() + "#" + sample.name();
          sink.addMalformed(number, id, id + ": " + e.getMessage());
        }
        number++;
      }
      for (String problem : tar.problems()) {
        sink.addMalformed(
            number++, null, part.name() + " is not whole, " + problem + ": copy it again");
      }
    }
  }

  /** By what texts are called everywhere, or by what the user calls captions. */
  private boolean isText(String ending) {
    return TextObject.ENDINGS.contains(ending)
        || mapped.captions().stream()
            .anyMatch(field -> Endings.of("." + field.name()).equals(ending));
  }

  private Entry entry(TarReader tar, ListedFile part, long number, TarSample sample)
      throws IOException, MalformedException {
    if (sample.fault() != null) {
      throw new MalformedException(sample.fault());
    }
    TextObject texts = new TextObject();
    for (Member json : sample.jsons()) {
      texts.addJson(bytes(tar, json));
    }
    for (Member text : sample.texts()) {
      texts.addText(sample.nameOf(text), bytes(tar, text), false);
    }
    ObjectNode object = texts.finish(mapped);
    String id = fields.id(object);
    Member picture = sample.picture();
    return fields.entry(
        object,
        number,
        part.split(),
        id != null ? id : part.name() + "#" + sample.name(),
        picture == null ? null : new Picture.InTar(picture.offset(), picture.size()));
  }

  private static byte[] bytes(TarReader tar, Member member) throws IOException, MalformedException {
    if (member.size() > MOST_TEXT) {
      throw new MalformedException(
          String.format(
              Locale.ROOT,
              "its .%s has %d bytes, more than a text may have",
              member.ending(),
              member.size()));
    }
    return tar.bytes(member.offset(), (int) member.size());
  }
}
