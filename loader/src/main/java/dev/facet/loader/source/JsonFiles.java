package dev.facet.loader.source;

import dev.facet.base.FacetException;
import dev.facet.loader.data.Fields;
import dev.facet.loader.data.SplitName;
import dev.facet.loader.index.ListFormat;
import dev.facet.loader.index.ListedFile;
import dev.facet.loader.index.Sink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Files with one JSON array of objects each, as FLIP, FaceCaption-1M and LLaVA have them. Other
 * JSON files in the folder (statistics, cards) are no lists and are passed over. What is no object
 * in an array is a malformed row.
 */
record JsonArrays(Path root, Fields mapped, MappedFields fields) implements ListFormat {
  /** As much of a file's begin as may be blank. */
  private static final int BEGIN = 4096;

  @Override
  public List<ListedFile> parts() {
    List<ListedFile> parts = new ArrayList<>();
    for (ListedFile part : ListFiles.parts(root, "json")) {
      if (!Files.isDirectory(root) || isArray(part.path())) {
        parts.add(part);
      }
    }
    if (parts.isEmpty()) {
      throw FacetException.usage(
          root + " holds JSON files, but none begins with '[' as a list does: check the format");
    }
    if (parts.size() > 1 && mapped.split().contains(Fields.LAST_FILE_IS_TEST)) {
      parts.replaceAll(part -> part.withSplit(SplitName.TRAIN));
      parts.set(parts.size() - 1, parts.getLast().withSplit(SplitName.TEST));
    }
    return parts;
  }

  /** {@code images}, where the lists lie in {@code json} beside it, as in FaceCaption-1M. */
  @Override
  public Path imageRoot() {
    Path folder = ListFiles.folder(root);
    Path images = folder.resolve("images");
    return Files.isDirectory(folder.resolve("json")) && Files.isDirectory(images) ? images : folder;
  }

  /**
   * Whether a file is empty or begins with a bracket; an empty one was cut, and is complained of.
   */
  static boolean isArray(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      String begin =
          new String(in.readNBytes(BEGIN), StandardCharsets.UTF_8).replace("\uFEFF", "").strip();
      return begin.isEmpty() || begin.startsWith("[");
    } catch (IOException e) {
      throw FacetException.run("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void scan(ListedFile part, Sink sink) throws IOException {
    try (FileChannel channel = FileChannel.open(part.path(), StandardOpenOption.READ)) {
      new ArrayScan(channel, part, fields, sink).run();
    }
  }
}
