package dev.facet.loader.source;

import dev.facet.base.FacetException;
import dev.facet.loader.index.ListFormat;
import dev.facet.loader.index.ListedFile;
import dev.facet.loader.index.Sink;
import dev.facet.loader.json.ArrayScan;
import dev.facet.loader.json.JsonLineScan;
import dev.facet.loader.json.JsonShape;
import dev.facet.loader.json.ListEntries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * JSON lines: {@code captions.jsonl}, or whatever {@code *.jsonl} and {@code *.ndjson} there are,
 * or else those {@code *.json} that hold lines.
 */
record JsonLines(Path root, MappedFields fields) implements ListFormat {
  /** The name that is looked for first. */
  static final String NAME = "captions.jsonl";

  @Override
  public List<ListedFile> parts() {
    Path usual = root.resolve(NAME);
    if (!Files.isDirectory(root)) {
      return List.of(ListedFile.of(root, root));
    }
    if (Files.exists(usual)) {
      return List.of(ListedFile.of(root, usual));
    }
    if (!ListFiles.find(root, "jsonl", "ndjson").isEmpty()) {
      return ListFiles.parts(root, "jsonl", "ndjson");
    }
    List<ListedFile> parts =
        ListFiles.parts(root, "jsonl", "ndjson", "json").stream()
            .filter(part -> JsonShape.of(part.path()) == JsonShape.LINES)
            .toList();
    if (parts.isEmpty()) {
      throw FacetException.usage(
          root + " holds JSON files, but none has one object per line: check data.format");
    }
    return parts;
  }

  @Override
  public List<Path> pictureFolders(ListedFile part) {
    return ListFiles.pictureFolders(root, part);
  }

  @Override
  public void scan(ListedFile part, Sink sink) throws IOException {
    ListEntries entries = new MappedEntries(part, fields, sink);
    switch (JsonShape.of(part.path())) {
      case ARRAY -> ArrayScan.run(part.path(), part.name(), entries);
      case LISTING -> ListingScan.run(part, fields, sink);
      case EMPTY, LINES, SINGLE, OTHER -> JsonLineScan.run(part.path(), part.name(), entries);
    }
  }
}
