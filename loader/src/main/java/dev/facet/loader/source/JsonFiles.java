package dev.facet.loader.source;

import dev.facet.base.FacetException;
import dev.facet.loader.data.Fields;
import dev.facet.loader.data.SplitName;
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
import java.util.ArrayList;
import java.util.List;

/**
 * Files with one JSON array of objects each, as FLIP, FaceCaption-1M and LLaVA have them; with one
 * object that lists pictures, as COCO has it; or with JSON lines. Other JSON files in the folder
 * (statistics, cards) are no lists and are passed over.
 */
record JsonFiles(Path root, Fields mapped, MappedFields fields) implements ListFormat {
  /** What a list can be, to end a message. */
  static final String FORMS =
      "an array of objects, one object per line, or an object such as {\"data\": [...]} or"
          + " {\"a.jpg\": \"caption\"}";

  @Override
  public List<ListedFile> parts() {
    List<ListedFile> all = ListFiles.parts(root, "json");
    List<ListedFile> parts = new ArrayList<>(all);
    if (Files.isDirectory(root)) {
      parts.removeIf(part -> !JsonShape.of(part.path()).isList());
    }
    if (parts.isEmpty()) {
      throw FacetException.usage(
          "%s holds JSON files (%s%s), but none is a list of pictures: it should be %s"
              .formatted(
                  root,
                  all.getFirst().name(),
                  all.size() == 1 ? "" : " and " + (all.size() - 1) + " more",
                  FORMS));
    }
    if (parts.size() > 1 && mapped.split().contains(Fields.LAST_FILE_IS_TEST)) {
      parts.replaceAll(part -> part.withSplit(SplitName.TRAIN));
      parts.set(parts.size() - 1, parts.getLast().withSplit(SplitName.TEST));
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
      case LINES -> JsonLineScan.run(part.path(), part.name(), entries);
      case LISTING, SINGLE -> ListingScan.run(part, fields, sink);
      case EMPTY -> throw new IOException("it is empty: copy it again, or check data.format");
      case OTHER ->
          throw new IOException(
              "it is no JSON array and no object: copy it again, or check data.format");
    }
  }
}
