package dev.facet.eval.stored;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.eval.Answers;
import dev.facet.eval.Coverage;
import dev.facet.eval.HeldOut;
import dev.facet.eval.retrieval.Embeddings;
import dev.facet.loader.table.ObjectSink;
import dev.facet.loader.table.ParquetTable;
import dev.facet.loader.table.VectorFields;
import dev.facet.loader.table.VectorSink;
import dev.facet.loader.table.VectorTable;
import dev.facet.loader.vector.Element;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a folder that {@code facet embed} wrote, as the held-out split that it was made of. What an
 * evaluation of the model itself counts once, a picture that several rows show and a caption that
 * its picture has already, is counted once here.
 */
public final class StoredEmbeddings {
  private static final int MOST = 1_000_000_000;

  private final Path folder;
  private final EmbedManifest manifest;
  private final Answers answers = new Answers();
  private final MappedVectors images;
  private final MappedVectors captions;
  private final List<String> texts = new ArrayList<>();
  private final List<Long> rows = new ArrayList<>();

  /** The number of the picture that each row shows, by the row's id. */
  private final Map<String, Integer> imageOf = new HashMap<>();

  private StoredEmbeddings(
      Path folder, EmbedManifest manifest, MappedVectors images, MappedVectors captions) {
    this.folder = folder;
    this.manifest = manifest;
    this.images = images;
    this.captions = captions;
  }

  /**
   * What a folder's embeddings are of.
   *
   * @throws FacetException if it holds none, or not all yet
   */
  public static EmbedManifest manifest(Path folder) throws IOException {
    EmbedManifest manifest = EmbedManifest.read(folder);
    if (manifest == null) {
      throw FacetException.usage(
          "%s holds no embeddings: there is no %s, as facet embed writes it"
              .formatted(folder, EmbedManifest.FILE));
    }
    if (!manifest.isWhole()) {
      throw FacetException.usage(
          String.format(
              Locale.ROOT,
              "%s is not done: %,d of %,d rows are embedded; run the same facet embed again, which"
                  + " goes on",
              folder,
              manifest.done(),
              manifest.rows()));
    }
    if (Math.max(manifest.pictures(), manifest.captions()) > MOST) {
      throw FacetException.usage(
          String.format(
              Locale.ROOT,
              "%s has %,d vectors on a side, and %,d are the most that can be scored at once: embed"
                  + " a smaller split",
              folder,
              Math.max(manifest.pictures(), manifest.captions()),
              MOST));
    }
    return manifest;
  }

  /**
   * Reads all; the vectors into files that are mapped.
   *
   * @param work where to put these files
   * @param progress told how many vectors are read
   * @throws FacetException if vectors are of different models, of another width or not finite, or
   *     if a file is damaged or is not the one that was written
   */
  public static HeldOut read(Path folder, WorkFolder work, LongConsumer progress)
      throws IOException {
    EmbedManifest manifest = manifest(folder);
    try (MappedVectors images = new MappedVectors(work.path().resolve("pictures.f32"));
        MappedVectors captions = new MappedVectors(work.path().resolve("captions.f32"))) {
      return new StoredEmbeddings(folder, manifest, images, captions).read(progress);
    }
  }

  private HeldOut read(LongConsumer progress) throws IOException {
    long read = 0;
    for (EmbedManifest.Part part : manifest.parts()) {
      pictures(file(folder, PartFiles.PICTURES, part), part.pictures());
      captions(file(folder, PartFiles.CAPTIONS, part), part.captions());
      progress.accept(read += part.pictures() + part.captions());
    }
    if (rows.isEmpty()) {
      throw FacetException.run(folder + " has no vector: none of its rows could be embedded");
    }
    int width = manifest.of().width();
    return new HeldOut(
        new Embeddings(images.map(), width),
        new Embeddings(captions.map(), width),
        answers.pairing(),
        List.copyOf(texts),
        answers.pictures(),
        rows.stream().mapToLong(Long::longValue).toArray(),
        new Coverage(manifest.rows(), manifest.pictures(), manifest.skipped()));
  }

  /**
   * The id of each row of the data that was embedded; empty where a row could not be.
   *
   * @throws FacetException as {@link #read} does
   */
  public static String[] ids(Path folder) throws IOException {
    EmbedManifest manifest = manifest(folder);
    String[] ids = new String[Math.toIntExact(manifest.rows())];
    Arrays.fill(ids, "");
    for (EmbedManifest.Part part : manifest.parts()) {
      Path file = file(folder, PartFiles.PICTURES, part);
      for (ObjectNode row :
          cells(file, List.of(VectorFields.ID, PartFiles.ROW), part.pictures(), manifest)) {
        long at = row.path(PartFiles.ROW).asLong(-1);
        if (at < 0 || at >= ids.length) {
          throw refuse(file, "row %s is none of the data's".formatted(at));
        }
        ids[(int) at] = row.path(VectorFields.ID).asText();
      }
    }
    return ids;
  }

  private static Path file(Path folder, String kind, EmbedManifest.Part part) {
    Path file = folder.resolve(kind).resolve(part.name());
    if (!Files.isRegularFile(file)) {
      throw FacetException.usage(
          "%s is missing: copy it too, or embed the data again".formatted(file));
    }
    return file;
  }

  private void pictures(Path file, long expected) throws IOException {
    List<ObjectNode> cells =
        cells(file, List.of(VectorFields.ID, PartFiles.PICTURE, PartFiles.ROW), expected, manifest);
    boolean[] fresh = new boolean[cells.size()];
    for (int i = 0; i < fresh.length; i++) {
      ObjectNode row = cells.get(i);
      int image = answers.image(hexadecimal(file, row, PartFiles.PICTURE));
      fresh[i] = image == rows.size();
      if (fresh[i]) {
        rows.add(row.path(PartFiles.ROW).asLong());
      }
      imageOf.put(row.path(VectorFields.ID).asText(), image);
    }
    vectors(file, fresh, images);
  }

  private void captions(Path file, long expected) throws IOException {
    List<ObjectNode> cells =
        cells(
            file,
            List.of(PartFiles.IMAGE_ID, PartFiles.CAPTION, PartFiles.TOKENS),
            expected,
            manifest);
    boolean[] fresh = new boolean[cells.size()];
    for (int i = 0; i < fresh.length; i++) {
      ObjectNode row = cells.get(i);
      String id = row.path(PartFiles.IMAGE_ID).asText();
      Integer image = imageOf.get(id);
      if (image == null) {
        throw refuse(
            file, "row %s is a caption of %s, which no file of pictures has".formatted(i, id));
      }
      fresh[i] = answers.isNew(image, hexadecimal(file, row, PartFiles.TOKENS));
      if (fresh[i]) {
        texts.add(row.path(PartFiles.CAPTION).asText());
      }
    }
    vectors(file, fresh, captions);
  }

  /** The cells of all rows, each of which was made by the model of the folder. */
  private static List<ObjectNode> cells(
      Path file, List<String> names, long expected, EmbedManifest manifest) throws IOException {
    ParquetTable table = ParquetTable.open(file);
    List<String> wanted = new ArrayList<>(names);
    wanted.add(PartFiles.MODEL);
    for (String name : wanted) {
      if (!table.has(name)) {
        throw refuse(file, "there is no column `%s`".formatted(name));
      }
    }
    List<ObjectNode> cells = new ArrayList<>();
    table.read(
        wanted,
        new ObjectSink() {
          @Override
          public void row(long number, ObjectNode row) {
            String model = row.path(PartFiles.MODEL).asText();
            if (!model.equals(manifest.of().model())) {
              throw FacetException.usage(
                  ("row %s of %s was made by the model %s, the folder is of %s: vectors of"
                          + " different models cannot be compared; embed pictures and captions with"
                          + " the same one")
                      .formatted(number, file, model, manifest.of().model()));
            }
            cells.add(row);
          }

          @Override
          public void unreadable(long first, long count, String why) {
            throw FacetException.run(why);
          }
        });
    if (cells.size() != expected) {
      throw refuse(file, "it has %s rows where %s were written".formatted(cells.size(), expected));
    }
    return cells;
  }

  private void vectors(Path file, boolean[] wanted, MappedVectors into) throws IOException {
    int width = manifest.of().width();
    VectorTable.open(file, VectorFields.ID, VectorFields.EMBEDDING, Element.AUTO)
        .read(
            new VectorSink() {
              @Override
              public void row(long number, String id, float @Nullable [] vector, int numbers) {
                if (vector == null || numbers != width) {
                  throw refuse(
                      file,
                      "the vector of row %s (%s) has %s numbers where all have %s"
                          .formatted(number, id, vector == null ? 0 : numbers, width));
                }
                requireFinite(file, number, id, vector);
                if (wanted[Math.toIntExact(number)]) {
                  if (manifest.of().isHalf()) {
                    lengthen(vector, width);
                  }
                  add(into, vector, width);
                }
              }

              @Override
              public void unreadable(long first, long count, String why) {
                throw FacetException.run(why);
              }
            });
  }

  private static void add(MappedVectors into, float[] vector, int width) {
    try {
      into.add(vector, width);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives a vector the length 1 again, which rounding to float16 took from it. */
  private static void lengthen(float[] vector, int width) {
    double squares = 0;
    for (int i = 0; i < width; i++) {
      squares += (double) vector[i] * vector[i];
    }
    for (int i = 0; i < width && squares > 0; i++) {
      vector[i] = (float) (vector[i] / Math.sqrt(squares));
    }
  }

  private void requireFinite(Path file, long number, String id, float[] vector) {
    for (int i = 0; i < manifest.of().width(); i++) {
      if (!Float.isFinite(vector[i])) {
        throw refuse(
            file,
            "the vector of row %s (%s) has a number that is %s, and a rank among such is none"
                .formatted(number, id, Float.toString(vector[i])));
      }
    }
  }

  private static long hexadecimal(Path file, ObjectNode row, String column) {
    String text = row.path(column).asText();
    try {
      return Long.parseUnsignedLong(text, 16);
    } catch (NumberFormatException e) {
      throw refuse(
          file, "`%s` holds %s where 16 hexadecimal digits are expected".formatted(column, text));
    }
  }

  private static FacetException refuse(Path file, String why) {
    return FacetException.usage(file + ": " + why + ": embed the data again");
  }
}
