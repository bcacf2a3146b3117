package dev.facet.prepare.convert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import dev.facet.base.Sha256;
import dev.facet.base.Staged;
import dev.facet.loader.data.SplitName;
import dev.facet.loader.table.ObjectTableWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Tars with a table and statistics beside each, named and filled as img2dataset does: {@code
 * 00000.tar} holds {@code 000000000.jpg}, {@code .txt} and {@code .json}. Splits have folders of
 * their own; numbers go on from one to the next, so that no key comes twice.
 */
final class WebdatasetFiles implements SampleFiles {
  private static final List<String> TEXTS =
      List.of("id", "url", "caption", "key", "status", "error_message", "exif", "sha256", "source");
  private static final List<String> NUMBERS =
      List.of("width", "height", "original_width", "original_height");

  private static final List<String> KINDS = List.of(".tar", ".parquet", "_stats.json");

  private final Path root;
  private final SortedSet<String> splits;
  private final int samplesPerFile;
  private final boolean folders;
  private Path folder;
  private int number;
  private @Nullable TarWriter tar;
  private @Nullable ObjectTableWriter table;

  /** Where all is for training, splits need no folders. */
  WebdatasetFiles(Path root, SortedSet<String> splits, int samplesPerFile) {
    this.root = root;
    this.splits = splits;
    this.folder = root;
    this.samplesPerFile = samplesPerFile;
    this.folders = !splits.equals(Set.of(SplitName.TRAIN));
  }

  @Override
  public void forget(int file) throws IOException {
    for (String split : splits) {
      place(split, file);
      for (String kind : KINDS) {
        Files.deleteIfExists(named(kind));
      }
    }
  }

  @Override
  public void begin(String split, int file) throws IOException {
    place(split, file);
    Files.createDirectories(folder);
    tar = new TarWriter(named(".tar"));
    table = new ObjectTableWriter(named(".parquet"), TEXTS, NUMBERS);
  }

  private void place(String split, int file) {
    boolean known = split.equals(SplitName.known(split));
    folder = folders ? root.resolve(known ? split : "split=" + split) : root;
    number = file;
  }

  private Path named(String kind) {
    return folder.resolve(String.format(Locale.ROOT, "%05d", number) + kind);
  }

  @Override
  public List<String> usable(List<String> captions) {
    return captions;
  }

  @Override
  public void add(Sample sample, List<String> captions, int index) throws IOException {
    TarWriter to = tar;
    ObjectTableWriter rows = table;
    if (to == null || rows == null) {
      throw new IllegalStateException("no file has begun");
    }
    String key = Keys.of(number, index, samplesPerFile);
    String caption = captions.getFirst();
    ObjectNode json = Json.LINE.createObjectNode();
    sample.describe(json);
    boolean fetched =
        sample.source().startsWith("http://") || sample.source().startsWith("https://");
    json.put("caption", caption)
        .put("url", fetched ? sample.source() : null)
        .put("key", key)
        .put("status", "success")
        .putNull("error_message")
        .put("width", sample.width())
        .put("height", sample.height())
        .put("original_width", sample.width())
        .put("original_height", sample.height())
        .put("exif", "{}")
        .put("sha256", Sha256.hex(sample.picture()));
    rows.write(json);
    captions.forEach(json.putArray("captions")::add);
    to.add(key + "." + sample.extension(), sample.picture());
    to.add(key + ".json", Json.LINE.writeValueAsBytes(json));
    to.add(key + ".txt", caption.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void end(int samples) throws IOException {
    close();
    ObjectNode statistics = Json.PRETTY.createObjectNode();
    statistics
        .put("count", samples)
        .put("successes", samples)
        .put("failed_to_download", 0)
        .put("failed_to_resize", 0)
        .putObject("status_dict")
        .put("success", samples);
    Files.writeString(named("_stats.json"), Json.PRETTY.writeValueAsString(statistics));
    for (String kind : KINDS) {
      Staged.forceAll(named(kind));
    }
  }

  @Override
  public void finish() {}

  @Override
  public void close() throws IOException {
    TarWriter openTar = tar;
    ObjectTableWriter openTable = table;
    tar = null;
    table = null;
    try {
      if (openTar != null) {
        openTar.close();
      }
    } finally {
      if (openTable != null) {
        openTable.close();
      }
    }
  }
}
