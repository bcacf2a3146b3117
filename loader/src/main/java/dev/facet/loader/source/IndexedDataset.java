package dev.facet.loader.source;

import dev.facet.base.FacetException;
import dev.facet.loader.data.CaptionField;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Fields;
import dev.facet.loader.data.Format;
import dev.facet.loader.data.Row;
import dev.facet.loader.index.Division;
import dev.facet.loader.index.EntryFormat;
import dev.facet.loader.index.Index;
import dev.facet.loader.index.IndexCache;
import dev.facet.loader.index.IndexedChunk;
import dev.facet.loader.index.ListFormat;
import dev.facet.loader.index.ListedFile;
import dev.facet.loader.index.ListedPictures;
import dev.facet.loader.index.OpenTars;
import dev.facet.loader.storage.Anchor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Pictures that a list names: webdataset tars, JSON lines, JSON arrays, CSV, or texts beside their
 * pictures. The list is scanned once into an index file, which is kept; from then on rows come from
 * mapped memory, without parsing. A chunk is up to 256 entries of the split; a picture is read when
 * its row is asked for.
 */
public final class IndexedDataset implements Dataset {
  /** Of the folders that pictures were looked for in, as many as a message names. */
  private static final int FOLDERS_SHOWN = 3;

  private final String name;
  private final Index index;
  private final Index.Split split;
  private final List<ListedFile> parts;
  private final ListedPictures pictures;
  private final Anchor anchor;
  private final boolean inTars;
  private final String sought;

  private IndexedDataset(
      String name,
      Index index,
      Index.Split split,
      List<ListedFile> parts,
      ListedPictures pictures,
      Anchor anchor,
      boolean tars,
      String sought) {
    this.name = name;
    this.index = index;
    this.split = split;
    this.parts = parts;
    this.pictures = pictures;
    this.anchor = anchor;
    this.inTars = tars;
    this.sought = sought;
  }

  /**
   * Opens one split.
   *
   * @param format what lies there, not {@link Format#AUTO}
   * @throws FacetException if the list cannot be understood, or has nothing in the split
   */
  public static IndexedDataset open(DataSource source, Format format, String split) {
    return open(source, format, split, IndexCache.cacheFolder());
  }

  static IndexedDataset open(DataSource source, Format format, String split, Path cacheFolder) {
    Scanned scanned = scan(source, format, cacheFolder);
    Index index = scanned.index;
    Index.Split its = index.splits().get(split);
    if (its == null) {
      throw index.noSuchSplit(source.root(), split, source.holdout());
    }
    Path imageRoot = source.imageRoot();
    if (imageRoot != null && !Files.isDirectory(imageRoot)) {
      throw FacetException.usage(
          "the image folder "
              + imageRoot
              + " is not there: set data.image_root to where the paths of pictures start");
    }
    ListedPictures pictures = pictures(source, scanned);
    return new IndexedDataset(
        source.root() + " (" + split + ")",
        index,
        its,
        scanned.parts,
        pictures,
        Anchor.around(source.root()),
        format == Format.TAR,
        sought(format, source, pictures));
  }

  private static ListedPictures pictures(DataSource source, Scanned scanned) {
    return ListedPictures.of(
        scanned.index.parts(),
        scanned.parts.stream().map(part -> starts(source, scanned.list, part)).toList(),
        allowed(source));
  }

  /** Where the paths in a part may start. */
  private static List<Path> starts(DataSource source, ListFormat list, ListedFile part) {
    Path given = source.imageRoot();
    return given != null ? List.of(given) : list.pictureFolders(part);
  }

  /** The folders that no path may leave. */
  private static List<Path> allowed(DataSource source) {
    Path root = ListFiles.folder(source.root().toAbsolutePath().normalize());
    Path given = source.imageRoot();
    return given == null ? List.of(root) : List.of(root, given);
  }

  private static String sought(Format format, DataSource source, ListedPictures pictures) {
    List<String> captions = source.fields().captions().stream().map(CaptionField::name).toList();
    String folders =
        pictures.folders().stream()
            .limit(FOLDERS_SHOWN)
            .map(Path::toString)
            .collect(Collectors.joining(" and "));
    String more = pictures.folders().size() > FOLDERS_SHOWN ? " and further folders" : "";
    String where =
        switch (format) {
          case TAR -> "pictures were looked for in the tars";
          case SIDECAR -> "pictures were looked for in " + folders;
          default ->
              "pictures were looked for below %s%s (data.image_root), named by %s"
                  .formatted(folders, more, String.join(" or ", source.fields().image()));
        };
    String texts =
        format == Format.TAR || format == Format.SIDECAR
            ? "." + String.join(", .", TextObject.ENDINGS) + ", or of .json "
            : "";
    return "%s; captions in %s%s (data.columns)"
        .formatted(where, texts, String.join(" or ", captions));
  }

  /** Entries of every split, unusable ones included. */
  public static SortedMap<String, Long> splits(DataSource source, Format format) {
    SortedMap<String, Long> rows = new TreeMap<>();
    scan(source, format, IndexCache.cacheFolder())
        .index
        .splits()
        .forEach((split, its) -> rows.put(split, its.rows()));
    return rows;
  }

  /** What making the index would take; null where there is one that holds. */
  public static @Nullable Indexing indexing(DataSource source, Format format) {
    Listing listing = list(source, format);
    IndexCache cache = cache(source, format, IndexCache.cacheFolder());
    if (cache.holds(listing.parts)) {
      return null;
    }
    // Pictures that are hashed have to be read as well, of which the list tells nothing.
    return source.holdout().byContent()
        ? Indexing.untold(listing.parts)
        : Indexing.of(listing.list, format, listing.parts);
  }

  private record Scanned(ListFormat list, List<ListedFile> parts, Index index) {}

  private record Listing(ListFormat list, MappedFields fields, List<ListedFile> parts) {}

  private static Scanned scan(DataSource source, Format format, Path cacheFolder) {
    Listing listing = list(source, format);
    Path root = source.root().toAbsolutePath().normalize();
    Division division =
        new Division(
            source.root(),
            source.holdout(),
            allowed(source),
            part -> starts(source, listing.list, part));
    Index index =
        cache(source, format, cacheFolder)
            .index(listing.list, division, listing.fields::refuseIfNeverSeen, root, listing.parts);
    return new Scanned(listing.list, listing.parts, index);
  }

  private static IndexCache cache(DataSource source, Format format, Path cacheFolder) {
    // A record's toString() names all that it holds.
    String settings =
        "%s %s %s %s".formatted(format, source.fields(), source.dropPrefix(), source.holdout());
    return IndexCache.of(source.root().toAbsolutePath().normalize(), cacheFolder, settings);
  }

  private static Listing list(DataSource source, Format format) {
    Path root = source.root().toAbsolutePath().normalize();
    boolean texts = format == Format.TAR || format == Format.SIDECAR;
    Fields names = texts ? TextObject.withText(source.fields()) : source.fields();
    MappedFields fields = new MappedFields(names, source.dropPrefix());
    ListFormat list =
        switch (format) {
          case TAR -> new TarFormat(root, names, fields);
          case JSONL -> new JsonLines(root, fields);
          case JSON -> new JsonFiles(root, names, fields);
          case CSV -> new CsvTables(root, fields);
          case SIDECAR -> new Sidecars(root, names, fields);
          case AUTO, PARQUET -> throw new IllegalArgumentException(format + " is no list");
        };
    return new Listing(list, fields, list.parts());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String sought() {
    return sought;
  }

  @Override
  public List<String> notes() {
    return index.notes();
  }

  @Override
  public int chunkCount() {
    return split.chunks();
  }

  @Override
  public int rowCount(int chunk) {
    return index.rows(split, chunk);
  }

  @Override
  public long size() {
    return split.rows();
  }

  @Override
  public Chunk open(int chunk) throws IOException {
    index.check(split, chunk);
    OpenTars tars = OpenTars.none();
    if (inTars) {
      int[] used =
          IntStream.range(0, rowCount(chunk))
              .map(row -> EntryFormat.part(index.map(), entry(chunk, row)))
              .distinct()
              .sorted()
              .toArray();
      tars = OpenTars.open(parts, used, anchor);
    }
    return chunk(chunk, tars);
  }

  @Override
  public List<List<String>> captions(int chunk) throws IOException {
    index.check(split, chunk);
    List<List<String>> captions = new ArrayList<>();
    Row row = new Row();
    try (IndexedChunk texts = chunk(chunk, OpenTars.none())) {
      for (int i = 0; i < rowCount(chunk); i++) {
        texts.readTexts(i, row);
        captions.add(row.captions());
      }
    }
    return captions;
  }

  @Override
  public void describe(int chunk, Consumer<Row> visitor) throws IOException {
    index.check(split, chunk);
    Row row = new Row();
    try (IndexedChunk texts = chunk(chunk, OpenTars.none())) {
      for (int i = 0; i < rowCount(chunk); i++) {
        texts.readTexts(i, row);
        visitor.accept(row);
      }
    }
  }

  private IndexedChunk chunk(int chunk, OpenTars tars) {
    return new IndexedChunk(index, index.begin(split, chunk), rowCount(chunk), pictures, tars);
  }

  private long entry(int chunk, int row) {
    return index.entry(index.begin(split, chunk), row);
  }

  @Override
  public void close() {}
}
