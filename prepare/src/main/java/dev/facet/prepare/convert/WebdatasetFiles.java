package dev.facet.prepare.convert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import dev.facet.loader.data.SplitName;
import dev.facet.loader.table.ObjectTableWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
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

  private final Path root;
  private final int samplesPerFile;
  private final boolean folders;
  private Path folder;
  private int file;
  private int count;
  private @Nullable TarWriter tar;
  private @Nullable ObjectTableWriter table;

  /**
   * @param folders whether splits have folders; where all is for training none is needed
   */
  WebdatasetFiles(Path root, int samplesPerFile, boolean folders) {
    this.root = root;
    this.folder = root;
    this.samplesPerFile = samplesPerFile;
    this.folders = folders;
  }

  @Override
  public void begin(String split) throws IOException {
    boolean known = split.equals(SplitName.known(split));
    folder = folders ? root.resolve(known ? split : "split=" + split) : root;
    Files.createDirectories(folder);
  }

  @Override
  public int add(Sample sample) throws IOException {
    TarWriter to = tar;
    ObjectTableWriter rows = table;
    if (to == null || rows == null) {
      to = new TarWriter(folder.resolve(name() + ".tar"));
      tar = to;
      rows = new ObjectTableWriter(folder.resolve(name() + ".parquet"), TEXTS, NUMBERS);
      table = rows;
    }
    String key = Keys.of(file, count, samplesPerFile);
    String caption = sample.captions().getFirst();
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
        .put("sha256", sha256(sample.picture()));
    rows.write(json);
    sample.captions().forEach(json.putArray("captions")::add);
    to.add(key + "." + sample.extension(), sample.picture());
    to.add(key + ".json", Json.LINE.writeValueAsBytes(json));
    to.add(key + ".txt", caption.getBytes(StandardCharsets.UTF_8));
    count++;
    if (count == samplesPerFile) {
      end();
    }
    return sample.captions().size();
  }

  private String name() {
    return String.format(Locale.ROOT, "%05d", file);
  }

  @Override
  public void end() throws IOException {
    if (tar == null) {
      return;
    }
    close();
    ObjectNode statistics = Json.PRETTY.createObjectNode();
    statistics
        .put("count", count)
        .put("successes", count)
        .put("failed_to_download", 0)
        .put("failed_to_resize", 0)
        .putObject("status_dict")
        .put("success", count);
    Files.writeString(
        folder.resolve(name() + "_stats.json"), Json.PRETTY.writeValueAsString(statistics));
    file++;
    count = 0;
  }

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

  private static String sha256(byte[] picture) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(picture));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
