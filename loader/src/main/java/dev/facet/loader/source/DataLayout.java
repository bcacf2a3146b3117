package dev.facet.loader.source;

import dev.facet.base.FacetException;
import dev.facet.base.GitLfs;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Format;
import dev.facet.loader.files.Endings;
import dev.facet.loader.json.JsonShape;
import dev.facet.loader.shard.Manifest;
import dev.facet.loader.shard.ParquetFiles;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Tells by what lies at a path how it is to be read. */
public final class DataLayout {
  /** What is left of an address such as s3://bucket/data when it is taken for a path. */
  private static final Pattern ELSEWHERE = Pattern.compile("(s3|s3a|gs|hdfs|abfss?|wasbs?):/");

  private DataLayout() {}

  /**
   * The format of what lies there; where several lie together, the first in this order: shards or
   * Parquet, {@code captions.jsonl}, tars, Parquet one folder below, other JSON lines, other JSON,
   * tables, pictures with texts, Parquet further below.
   *
   * @throws FacetException if nothing of the kind is there
   */
  public static Format of(DataSource source) {
    Path root = source.root();
    MappedFields fields = new MappedFields(source.fields(), source.dropPrefix());
    if (!Files.exists(root)) {
      if (ELSEWHERE.matcher(root.toString()).lookingAt()) {
        throw FacetException.usage(
            root
                + " lies in an object store or a distributed file system, which is not read while"
                + " training: copy it to a local disk first (docs/spark.md says how) and name"
                + " that");
      }
      throw FacetException.usage("no data at " + root + ": check the path");
    }
    if (!Files.isDirectory(root)) {
      Format found = ofFile(root, fields);
      if (found == Format.AUTO) {
        GitLfs.refuse(root);
        PackedTars.refuse(root);
        throw FacetException.usage(
            root + " is no file of data by its ending: give data.format, or a folder");
      }
      return found;
    }
    Format found = ofFolder(root, fields);
    if (found != Format.AUTO) {
      return found;
    }
    FolderContent content = FolderContent.of(root);
    if (content.hasSidecars()) {
      return Format.SIDECAR;
    }
    if (!ParquetFiles.find(root).isEmpty()) {
      return Format.PARQUET;
    }
    PackedTars.refuse(root);
    List<Path> json = ListFiles.find(root, "json");
    String object =
        json.isEmpty()
            ? ""
            : "; %s is no list of pictures: it should be %s"
                .formatted(json.getFirst().getFileName(), JsonFiles.FORMS);
    throw FacetException.usage(
        ("%s holds no data that can be read; there %s%s. Looked for %s, *.parquet, %s, *.tar,"
                + " *.jsonl, *.ndjson, *.json (lists of pictures), *.csv, *.tsv, and pictures with"
                + " .txt, .caption or .json beside them")
            .formatted(root, content.described(), object, Manifest.NAME, JsonLines.NAME));
  }

  private static Format ofFile(Path file, MappedFields fields) {
    return switch (Endings.of(String.valueOf(file.getFileName()))) {
      case "parquet" -> Format.PARQUET;
      case "jsonl", "ndjson" -> Format.JSONL;
      case "tar" -> Format.TAR;
      case "json" -> Format.JSON;
      case "csv", "tsv" -> Format.CSV;
      case "txt" -> TextTables.isTable(file, fields) ? Format.CSV : Format.AUTO;
      default -> Format.AUTO;
    };
  }

  private static Format ofFolder(Path root, MappedFields fields) {
    if (Files.exists(root.resolve(Manifest.NAME)) || hasParquet(root)) {
      return Format.PARQUET;
    }
    if (Files.exists(root.resolve(JsonLines.NAME))) {
      return Format.JSONL;
    }
    if (!ListFiles.find(root, "tar").isEmpty()) {
      return Format.TAR;
    }
    if (!ListFiles.find(root, "parquet").stream().allMatch(DataLayout::isCompanion)) {
      return Format.PARQUET;
    }
    if (!ListFiles.find(root, "jsonl", "ndjson").isEmpty()) {
      return Format.JSONL;
    }
    // There may be millions that belong to a picture each, which need not be looked into.
    if (ListFiles.find(root, "json").stream()
        .anyMatch(file -> !Endings.isBesidePicture(file) && JsonShape.of(file).isList())) {
      return Format.JSON;
    }
    if (!ListFiles.find(root, CsvTables.ENDINGS).isEmpty()
        || !TextTables.find(root, fields).isEmpty()) {
      return Format.CSV;
    }
    return Format.AUTO;
  }

  /** Without a look into the folders in it, for these may hold millions of pictures. */
  private static boolean hasParquet(Path folder) {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.parquet")) {
      for (Path each : found) {
        if (!isCompanion(each)) {
          return true;
        }
      }
      return false;
    } catch (IOException | DirectoryIteratorException e) {
      throw FacetException.usage("cannot list " + folder + ": " + e.getMessage());
    }
  }

  /** img2dataset keeps a Parquet file of addresses for each tar or folder of pictures. */
  private static boolean isCompanion(Path parquet) {
    String stem = Endings.stem(String.valueOf(parquet.getFileName()));
    return Files.exists(parquet.resolveSibling(stem + ".tar"))
        || Files.isDirectory(parquet.resolveSibling(stem));
  }
}
