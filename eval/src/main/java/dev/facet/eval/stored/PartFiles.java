package dev.facet.eval.stored;

import dev.facet.base.Staged;
import dev.facet.loader.table.VectorFields;
import dev.facet.loader.table.VectorFileWriter;
import dev.facet.loader.table.VectorRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where the vectors of a folder lie. {@code pictures/} has a row for each row of the data that can
 * be used, laid out as the shards of stored vectors are, so that it is a data set itself; {@code
 * captions/} has a row for each caption. Both name the data's row, and the model in every row: that
 * survives whatever people do to the files.
 */
final class PartFiles {
  /** The folder of the pictures' files. */
  static final String PICTURES = "pictures";

  /** The folder of the captions' files. */
  static final String CAPTIONS = "captions";

  /** Of a caption, its text. */
  static final String CAPTION = "caption";

  /** Of a caption, the id of the row it belongs to. */
  static final String IMAGE_ID = "image_id";

  /** The same for the same bytes and face of a picture, hexadecimal. */
  static final String PICTURE = "picture";

  /** The same for captions that the model cannot tell apart, hexadecimal. */
  static final String TOKENS = "tokens";

  /** Which model made the vector. */
  static final String MODEL = "model";

  /** The row of the data, from 0. */
  static final String ROW = "row";

  private static final String SOURCE = "source";
  private static final String SPLIT = "split";
  private static final int ROWS_PER_GROUP = 2048;

  private final Path folder;
  private final EmbedManifest.Origin of;

  PartFiles(Path folder, EmbedManifest.Origin of) {
    this.folder = folder;
    this.of = of;
  }

  /** The name of a part's files. */
  String name(int number) {
    return String.format(Locale.ROOT, "%s-%05d.parquet", of.split(), number);
  }

  /** Writes both files of a part, each whole or not at all. */
  EmbedManifest.Part write(int number, EmbeddedPart part) throws IOException {
    String name = name(number);
    try (Staged pictures = Staged.file(folder.resolve(PICTURES).resolve(name));
        Staged captions = Staged.file(folder.resolve(CAPTIONS).resolve(name))) {
      pictures(pictures.path(), part);
      captions(captions.path(), part);
      pictures.commit();
      captions.commit();
    }
    return new EmbedManifest.Part(
        name, part.rows(), part.pictures().size(), part.captions().size(), part.skipped());
  }

  private void pictures(Path file, EmbeddedPart part) throws IOException {
    VectorFields fields =
        new VectorFields(
            of.width(),
            of.isHalf(),
            List.of(CAPTIONS),
            List.of(),
            List.of(SOURCE, SPLIT, PICTURE, MODEL),
            List.of(SPLIT, MODEL),
            List.of(ROW));
    try (VectorFileWriter out = new VectorFileWriter(file, fields, ROWS_PER_GROUP)) {
      for (EmbeddedPart.Picture each : part.pictures()) {
        out.write(
            new VectorRow(
                each.id(),
                each.block().numbers(),
                each.block().from(each.place()),
                Map.of(CAPTIONS, each.captions()),
                Map.of(
                    SOURCE,
                    each.source(),
                    SPLIT,
                    of.split(),
                    PICTURE,
                    hexadecimal(each.picture()),
                    MODEL,
                    of.model()),
                Map.of(ROW, each.row())));
      }
    }
  }

  private void captions(Path file, EmbeddedPart part) throws IOException {
    VectorFields fields =
        new VectorFields(
            of.width(),
            of.isHalf(),
            List.of(),
            List.of(),
            List.of(CAPTION, IMAGE_ID, TOKENS, SPLIT, MODEL),
            List.of(SPLIT, MODEL),
            List.of(ROW));
    try (VectorFileWriter out = new VectorFileWriter(file, fields, ROWS_PER_GROUP)) {
      for (EmbeddedPart.Caption each : part.captions()) {
        out.write(
            new VectorRow(
                each.imageId() + "#" + each.number(),
                each.block().numbers(),
                each.block().from(each.place()),
                Map.of(),
                Map.of(
                    CAPTION,
                    each.text(),
                    IMAGE_ID,
                    each.imageId(),
                    TOKENS,
                    hexadecimal(each.tokens()),
                    SPLIT,
                    of.split(),
                    MODEL,
                    of.model()),
                Map.of(ROW, each.row())));
      }
    }
  }

  private static String hexadecimal(long number) {
    return String.format(Locale.ROOT, "%016x", number);
  }
}
