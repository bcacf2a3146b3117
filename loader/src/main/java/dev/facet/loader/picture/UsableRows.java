package dev.facet.loader.picture;

import dev.facet.base.FacetException;
import dev.facet.base.Printable;
import dev.facet.base.SampleRandom;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Mixture;
import dev.facet.loader.data.Row;
import dev.facet.loader.storage.StorageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether a data set has a row that can be used at all: one is looked for until it is found, which
 * in sound data is the first. A small set is looked through, of a large one rows spread over all of
 * it.
 */
public final class UsableRows {
  /** Sets up to this size are looked through. */
  private static final int SMALL = 2000;

  private static final int MOST_CHUNKS = 32;
  private static final int EXAMPLES = 3;

  private final Dataset dataset;
  private final Look look;
  private final Row row = new Row();
  private final Map<Reason, Long> bad = new EnumMap<>(Reason.class);
  private final List<String> examples = new ArrayList<>();
  private long looked;

  /** Looks at one row as a worker would make it. */
  private interface Look {
    void at(Row row) throws BadSampleException;
  }

  private UsableRows(Dataset dataset, Look look) {
    this.dataset = dataset;
    this.look = look;
  }

  /**
   * Refuses a data set, or a part of a mixture, none of whose rows can be used.
   *
   * @param input what is made of its pictures
   * @throws FacetException of usage, with what was looked for, where, and the first examples
   */
  public static void require(Dataset dataset, PictureInput input) {
    String problem = problem(dataset, input);
    if (problem != null) {
      throw FacetException.usage(problem);
    }
  }

  /** What {@link #require} says; null if there is nothing to say. */
  public static @Nullable String problem(Dataset dataset, PictureInput input) {
    List<Dataset> parts = dataset instanceof Mixture mixture ? mixture.parts() : List.of(dataset);
    for (Dataset part : parts) {
      String problem =
          switch (input) {
            case ImageSettings images -> problem(part, images);
            case VectorSettings vectors -> problem(part, new VectorMaker(vectors)::scale);
          };
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private static @Nullable String problem(Dataset part, ImageSettings images) {
    SampleRandom random = new SampleRandom();
    try (PictureMaker pictures = new PictureMaker(images)) {
      return problem(
          part,
          row -> {
            random.reset(0, 0, 0);
            pictures.make(row, random);
          });
    }
  }

  private static @Nullable String problem(Dataset part, Look look) {
    UsableRows rows = new UsableRows(part, look);
    return rows.any() ? null : rows.message();
  }

  private boolean any() {
    boolean small = dataset.size() <= SMALL;
    int chunks = dataset.chunkCount();
    int opened = small ? chunks : Math.min(MOST_CHUNKS, chunks);
    for (int i = 0; i < opened; i++) {
      int chunk = (int) ((long) i * chunks / opened);
      int rows = dataset.rowCount(chunk);
      if (any(chunk, small ? rows : Math.min(rows, SMALL / opened), rows)) {
        return true;
      }
    }
    return false;
  }

  private boolean any(int chunk, int wanted, int rows) {
    try (Chunk open = dataset.open(chunk)) {
      for (int j = 0; j < wanted; j++) {
        if (isUsable(open, (int) ((long) j * rows / wanted))) {
          return true;
        }
      }
    } catch (StorageException e) {
      return true; // nothing is known of its rows; the loader waits, and tells in the end
    } catch (IOException e) {
      looked += wanted;
      count(Reason.READ_ERROR, wanted, dataset.where(chunk), String.valueOf(e.getMessage()));
    }
    return false;
  }

  private boolean isUsable(Chunk chunk, int index) throws IOException {
    looked++;
    try {
      chunk.read(index, row);
      look.at(row);
      return true;
    } catch (BadSampleException e) {
      count(e.reason(), 1, row.id(), String.valueOf(e.getMessage()));
    } catch (FacetException e) {
      throw e;
    } catch (RuntimeException e) {
      // As in the loader: what no reader foresaw of a strange picture is the picture's fault.
      count(Reason.CORRUPT, 1, row.id(), e.toString());
    }
    return false;
  }

  private void count(Reason reason, long rows, String id, String message) {
    bad.merge(reason, rows, Long::sum);
    if (examples.size() < EXAMPLES) {
      // A malformed row's message names its place by itself.
      boolean named = reason == Reason.MALFORMED || message.contains(id);
      examples.add("\n  " + Printable.of(named ? message : id + ": " + message));
    }
  }

  private String message() {
    String which =
        looked == dataset.size()
            ? "none of the %,d rows of %s can be used"
            : "none of %3$,d rows that were looked at, spread over the %1$,d of %2$s, can be used";
    String reasons =
        bad.entrySet().stream()
            .map(e -> e.getKey().name().toLowerCase(Locale.ROOT) + " " + e.getValue())
            .collect(Collectors.joining(", "));
    return String.format(Locale.ROOT, which, dataset.size(), dataset.name(), looked)
        + " ("
        + reasons
        + "); the first:"
        + String.join("", examples)
        + "\n"
        + dataset.sought();
  }
}
