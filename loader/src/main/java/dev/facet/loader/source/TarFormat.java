package dev.facet.loader.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.loader.Fields;
import dev.facet.loader.source.Entry.Picture;
import dev.facet.loader.source.TarSample.Member;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Webdataset tars as img2dataset writes them: a picture, a {@code .txt} with its caption and a
 * {@code .json}, of the same name. Of a file that ends too early the whole members count.
 */
record TarFormat(Path root, Fields mapped, MappedFields fields) implements ListFormat {
  /** Longer ones are no captions. */
  private static final int MOST_TEXT = 16 << 20;

  @Override
  public List<Part> parts() {
    return ListFiles.parts(root, "tar");
  }

  @Override
  public Path imageRoot() {
    return ListFiles.folder(root);
  }

  @Override
  public void scan(Part part, Sink sink) throws IOException {
    try (FileChannel channel = FileChannel.open(part.path(), StandardOpenOption.READ)) {
      TarReader tar = new TarReader(channel);
      TarSample.Collector samples = new TarSample.Collector();
      while (tar.next()) {
        samples.add(tar.name(), new Member(tar.offset(), tar.size()));
      }
      if (tar.problem() != null) {
        sink.note(
            "%s is not whole, %s: copy it again; only what comes before that is read"
                .formatted(part.name(), tar.problem()));
      }
      long number = 0;
      int broken = 0;
      for (TarSample sample : samples.samples()) {
        JsonNode json = json(tar, sample.json());
        broken += sample.json() != null && json == null ? 1 : 0;
        sink.add(entry(part, number++, sample, json, bytes(tar, sample.text())));
      }
      if (broken > 0) {
        sink.note("%s: %d .json members are not JSON objects".formatted(part.name(), broken));
      }
    }
  }

  private Entry entry(
      Part part, long number, TarSample sample, @Nullable JsonNode json, byte @Nullable [] text) {
    ObjectNode object = TextObject.of(json, text, false, mapped);
    String id = fields.id(object);
    Member picture = sample.picture();
    return fields.entry(
        object,
        number,
        part.split(),
        id != null ? id : part.name() + "#" + sample.name(),
        picture == null ? null : new Picture.InTar(picture.offset(), picture.size()));
  }

  private static @Nullable JsonNode json(TarReader tar, @Nullable Member member)
      throws IOException {
    byte[] bytes = bytes(tar, member);
    return bytes == null ? null : TextObject.parse(bytes);
  }

  private static byte @Nullable [] bytes(TarReader tar, @Nullable Member member)
      throws IOException {
    return member == null || member.size() > MOST_TEXT
        ? null
        : tar.bytes(member.offset(), (int) member.size());
  }
}
