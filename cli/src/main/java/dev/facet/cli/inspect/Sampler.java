package dev.facet.cli.inspect;

import dev.facet.augment.Box;
import dev.facet.loader.BadSampleException;
import dev.facet.loader.Chunk;
import dev.facet.loader.Dataset;
import dev.facet.loader.Row;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** Reads rows spread evenly over a dataset: a few chunks, and some rows of each. */
final class Sampler {
  /** Opening a chunk may read all of it, so few are opened. */
  private static final int CHUNKS = 16;

  /**
   * A sampled picture.
   *
   * @param encoded a copy on the heap, all of its array
   * @param format by its content: JPEG, PNG ...; "unknown" where no reader knows it
   * @param width stored pixels, 0 if unknown
   * @param height stored pixels, 0 if unknown
   */
  record Picture(
      ByteBuffer encoded,
      String format,
      int width,
      int height,
      List<String> captions,
      @Nullable Box box,
      Map<String, String> labels) {}

  private final Map<String, Integer> skipped = new TreeMap<>();
  private final List<Picture> pictures = new ArrayList<>();
  private int looked;

  /** Reads about {@code rows} rows. */
  Sampler(Dataset dataset, int rows) throws IOException {
    int chunks = Math.min(CHUNKS, dataset.chunkCount());
    for (int i = 0; i < chunks; i++) {
      int chunk = (int) ((long) i * dataset.chunkCount() / chunks);
      int here = Math.min((rows + chunks - 1) / chunks, dataset.rowCount(chunk));
      try (Chunk open = dataset.open(chunk)) {
        for (int j = 0; j < here; j++) {
          look(open, (int) ((long) j * dataset.rowCount(chunk) / here));
        }
      }
    }
  }

  /** Rows read, usable or not. */
  int looked() {
    return looked;
  }

  /** Rows that cannot be used, by reason. */
  Map<String, Integer> skipped() {
    return skipped;
  }

  /** The usable ones. */
  List<Picture> pictures() {
    return pictures;
  }

  private void look(Chunk chunk, int index) throws IOException {
    looked++;
    try {
      pictures.add(picture(chunk.row(index)));
    } catch (BadSampleException e) {
      skipped.merge(e.reason().name().toLowerCase(Locale.ROOT), 1, Integer::sum);
    }
  }

  private static Picture picture(Row row) {
    byte[] encoded = new byte[row.image().length()];
    row.image().asByteBuffer().get(encoded);
    String format = "unknown";
    int width = 0;
    int height = 0;
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(encoded))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (readers.hasNext()) {
        ImageReader reader = readers.next();
        reader.setInput(in);
        format = reader.getFormatName().toUpperCase(Locale.ROOT);
        width = reader.getWidth(0);
        height = reader.getHeight(0);
        reader.dispose();
      }
    } catch (IOException e) {
      // A broken header: the picture counts under the format it claims, without a size.
      width = 0;
    }
    return new Picture(
        ByteBuffer.wrap(encoded),
        format,
        width,
        height,
        row.captions(),
        row.faceBox(),
        row.labels());
  }
}
