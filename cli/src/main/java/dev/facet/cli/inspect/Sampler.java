package dev.facet.cli.inspect;

import dev.facet.augment.geometry.Box;
import dev.facet.base.FacetException;
import dev.facet.base.SampleRandom;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Row;
import dev.facet.loader.header.ImageHeader;
import dev.facet.loader.picture.ImageSettings;
import dev.facet.loader.picture.MadePicture;
import dev.facet.loader.picture.PictureInput;
import dev.facet.loader.picture.PictureMaker;
import dev.facet.loader.picture.VectorMaker;
import dev.facet.loader.picture.VectorSettings;
import dev.facet.loader.storage.StorageException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads rows spread evenly over a dataset: a few chunks, and some rows of each. */
final class Sampler {
  /** Opening a chunk may read all of it, so few are opened. */
  private static final int CHUNKS = 16;

  /**
   * A sampled picture, or the vector in its place, which has no width and height.
   *
   * @param bytes encoded size
   * @param format by its content: JPEG, PNG ...; "vector"
   * @param width in pixels as displayed, that is, turned upright
   * @param height in pixels as displayed
   * @param box in pixels as displayed
   * @param miniature for the contact sheet, null if none was wanted
   */
  record Picture(
      int bytes,
      String format,
      int width,
      int height,
      List<String> captions,
      @Nullable Box box,
      Map<String, String> labels,
      @Nullable BufferedImage miniature) {}

  private final Map<String, Integer> skipped = new TreeMap<>();
  private final Map<String, Integer> remarks = new TreeMap<>();
  private final List<Picture> pictures = new ArrayList<>();
  private final SampleRandom random = new SampleRandom();
  private final boolean drawn;
  private int looked;

  /** Looks at one row. */
  private interface Look {
    Picture at(Row row) throws BadSampleException;
  }

  /**
   * Reads rows.
   *
   * @param rows about how many
   * @param input what is made of their pictures, the whole of each where that is pixels
   * @param drawn whether miniatures are made
   */
  Sampler(Dataset dataset, int rows, PictureInput input, boolean drawn) {
    this.drawn = drawn;
    switch (input) {
      case ImageSettings images -> {
        try (PictureMaker maker = new PictureMaker(images)) {
          read(dataset, rows, row -> picture(maker, row));
        }
      }
      case VectorSettings vectors -> {
        VectorMaker maker = new VectorMaker(vectors);
        read(dataset, rows, row -> vector(maker, row));
      }
    }
  }

  private void read(Dataset dataset, int rows, Look look) {
    int chunks = Math.min(CHUNKS, dataset.chunkCount());
    for (int i = 0; i < chunks; i++) {
      int chunk = (int) ((long) i * dataset.chunkCount() / chunks);
      int here = Math.min((rows + chunks - 1) / chunks, dataset.rowCount(chunk));
      try (Chunk open = dataset.open(chunk)) {
        for (int j = 0; j < here; j++) {
          look(look, open, (int) ((long) j * dataset.rowCount(chunk) / here));
        }
      } catch (StorageException e) {
        throw FacetException.run(String.valueOf(e.getMessage()), e);
      } catch (IOException e) {
        // As in the loader: a chunk that cannot be read costs its rows.
        looked += here;
        skipped.merge(label(Reason.READ_ERROR), here, Integer::sum);
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

  /** What libraries said of pictures that can be used, with their number. */
  Map<String, Integer> remarks() {
    return remarks;
  }

  /** The usable ones. */
  List<Picture> pictures() {
    return pictures;
  }

  /** So many of them, or all if there are fewer, spread evenly over the sample. */
  List<Picture> spread(int most) {
    int count = Math.min(most, pictures.size());
    return IntStream.range(0, count)
        .mapToObj(i -> pictures.get((int) ((long) i * pictures.size() / count)))
        .toList();
  }

  private void look(Look look, Chunk chunk, int index) throws IOException {
    looked++;
    try {
      pictures.add(look.at(chunk.row(index)));
    } catch (BadSampleException e) {
      skip(e.reason());
    } catch (FacetException e) {
      throw e;
    } catch (RuntimeException e) {
      // As in the loader: what no reader foresaw of a strange picture is the picture's fault.
      skip(Reason.CORRUPT);
    }
  }

  private void skip(Reason reason) {
    skipped.merge(label(reason), 1, Integer::sum);
  }

  private static String label(Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }

  /** Decodes all of it, as a picture that is cut off has a good header. */
  private Picture picture(PictureMaker maker, Row row) throws BadSampleException {
    MadePicture made = maker.make(row, random);
    ImageHeader header = made.header();
    String remark = made.remark();
    if (remark != null) {
      // Numbers in it, such as of bytes, are the picture's own.
      remarks.merge(remark.replaceAll("\\b\\d+\\b", "N"), 1, Integer::sum);
    }
    return new Picture(
        row.image().length(),
        header.format().name(),
        header.shownWidth(),
        header.shownHeight(),
        row.captions(),
        made.box(),
        row.labels(),
        drawn ? Miniature.of(made) : null);
  }

  private static Picture vector(VectorMaker maker, Row row) throws BadSampleException {
    maker.scale(row);
    return new Picture(
        (int) row.pictureBytes(), "vector", 0, 0, row.captions(), null, row.labels(), null);
  }
}
