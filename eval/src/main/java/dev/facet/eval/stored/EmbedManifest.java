package dev.facet.eval.stored;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.base.Staged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code embed.json}: what the embeddings of a folder are of, and how far they are. A part counts
 * from the moment it stands here; files that do not are of a process that was killed.
 *
 * @param version of this form
 * @param of what every vector here depends on
 * @param rows of the split
 * @param done rows of the parts, the first ones of the split
 * @param pictures vectors of pictures, one for each row that can be used
 * @param captions vectors of captions
 * @param skipped rows that cannot be used, by reason
 * @param parts in the order of the rows
 */
public record EmbedManifest(
    int version,
    Origin of,
    long rows,
    long done,
    long pictures,
    long captions,
    SortedMap<String, Long> skipped,
    List<Part> parts) {
  /** The name of the file. */
  public static final String FILE = "embed.json";

  private static final int VERSION = 1;

  /**
   * What vectors depend on; a run that differs in any of it is not gone on with.
   *
   * @param model digest of the weights and of how pictures and captions are prepared: the same for
   *     the same model in whatever folder
   * @param checkpoint the folder it was read from
   * @param width numbers of a vector
   * @param type {@code float32} or {@code float16}
   * @param data that was embedded, as the user named it
   * @param layout changes where the order of its rows does
   * @param split of the data
   * @param batch pictures, or captions, that went through the model at once
   * @param rowsPerPart rows of the data in a part
   */
  public record Origin(
      String model,
      String checkpoint,
      int width,
      String type,
      String data,
      long layout,
      String split,
      int batch,
      @JsonProperty("rows_per_part") int rowsPerPart) {

    /** Whether numbers take 2 bytes. */
    boolean isHalf() {
      return type.equals("float16");
    }

    /** What of it differs, for people; null if nothing does. */
    @Nullable String difference(Origin other) {
      List<String> differing = new ArrayList<>();
      note(differing, "model", model, other.model);
      note(differing, "width", width, other.width);
      note(differing, "type", type, other.type);
      note(differing, "data", layout, other.layout);
      note(differing, "split", split, other.split);
      note(differing, "batch", batch, other.batch);
      note(differing, "rows_per_part", rowsPerPart, other.rowsPerPart);
      return differing.isEmpty() ? null : String.join(", ", differing);
    }

    private static void note(List<String> differing, String name, Object mine, Object others) {
      if (!mine.equals(others)) {
        differing.add("%s (%s there, %s asked for)".formatted(name, mine, others));
      }
    }
  }

  /**
   * A run of rows, whose vectors lie in a file of pictures and one of captions.
   *
   * @param name of both files
   * @param rows of the data
   * @param pictures vectors in the one
   * @param captions vectors in the other
   * @param skipped rows without a vector, by reason
   */
  public record Part(
      String name, long rows, long pictures, long captions, SortedMap<String, Long> skipped) {}

  /** Before the first part. */
  static EmbedManifest begin(Origin of, long rows) {
    return new EmbedManifest(VERSION, of, rows, 0, 0, 0, new TreeMap<>(), List.of());
  }

  /** With one more part. */
  EmbedManifest with(Part part) {
    List<Part> all = new ArrayList<>(parts);
    all.add(part);
    SortedMap<String, Long> reasons = new TreeMap<>(skipped);
    part.skipped.forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
    return new EmbedManifest(
        version,
        of,
        rows,
        done + part.rows,
        pictures + part.pictures,
        captions + part.captions,
        reasons,
        List.copyOf(all));
  }

  /** Whether every row of the split is in a part. */
  @JsonIgnore
  public boolean isWhole() {
    return done == rows;
  }

  /**
   * That of a folder.
   *
   * @return null if there is none
   * @throws FacetException if it is damaged, or of a newer program
   */
  public static @Nullable EmbedManifest read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return null;
    }
    EmbedManifest found = Json.read(file, EmbedManifest.class);
    if (found.version > VERSION) {
      throw FacetException.usage(
          String.format(
              Locale.ROOT,
              "%s has version %d, this program knows %d: use a newer facet",
              file,
              found.version,
              VERSION));
    }
    if (found.of == null || found.parts == null || found.skipped == null) {
      throw FacetException.usage(
          file + " is damaged: delete " + folder + " and run facet embed again");
    }
    return found;
  }

  /** Writes it, whole or not at all. */
  void write(Path folder) throws IOException {
    Staged.write(folder.resolve(FILE), Json.PRETTY.writeValueAsString(this) + "\n");
  }
}
