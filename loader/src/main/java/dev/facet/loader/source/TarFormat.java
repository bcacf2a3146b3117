package dev.facet.loader.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.loader.data.Fields;
import dev.facet.loader.index.Entry;
import dev.facet.loader.index.Entry.Picture;
import dev.facet.loader.index.ListFormat;
import dev.facet.loader.index.ListedFile;
import dev.facet.loader.index.Sink;
import dev.facet.loader.source.TarSample.Member;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Webdataset tars as img2dataset writes them: a picture, a {@code .txt} with its caption and a
 * {@code .json}, of the same name. Of a file that is damaged or ends too early the whole members
 * count; each place where members were lost is a malformed row.
 */
record TarFormat(Path root, Fields mapped, MappedFields fields) implements ListFormat {
  /** Longer ones are no captions. */
  private static final int MOST_TEXT = 16 << 20;

  @Override
  public List<ListedFile> parts() {
    return ListFiles.parts(root, "tar");
  }

  @Override
  public Path imageRoot() {
    return ListFiles.folder(root);
  }

  @Override
  public void scan(ListedFile part, Sink sink) throws IOException {
    try (FileChannel channel = FileChannel.open(part.path(), StandardOpenOption.READ)) {
      TarReader tar = new TarReader(channel);
      TarSample.Collector samples = new TarSample.Collector();
      while (tar.next()) {
        samples.add(tar.name(), new Member(tar.offset(), tar.size()));
      }
      long number = 0;
      for (TarSample sample : samples.samples()) {
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

  private Entry entry(TarReader tar, ListedFile part, long number, TarSample sample)
      throws IOException, MalformedException {
    ObjectNode object =
        TextObject.of(
            bytes(tar, sample.json(), "json"), bytes(tar, sample.text(), "txt"), false, mapped);
    String id = fields.id(object);
    Member picture = sample.picture();
    return fields.entry(
        object,
        number,
        part.split(),
        id != null ? id : part.name() + "#" + sample.name(),
        picture == null ? null : new Picture.InTar(picture.offset(), picture.size()));
  }

  private static byte @Nullable [] bytes(TarReader tar, @Nullable Member member, String ending)
      throws IOException, MalformedException {
    if (member == null) {
      return null;
    }
    if (member.size() > MOST_TEXT) {
      throw new MalformedException(
          "its .%s has %d bytes, more than a text may have".formatted(ending, member.size()));
    }
    return tar.bytes(member.offset(), (int) member.size());
  }
}
