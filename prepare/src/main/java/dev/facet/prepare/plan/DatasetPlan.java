package dev.facet.prepare.plan;

import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.base.Staged;
import dev.facet.loader.Datasets;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rows of data whose pictures are there: its splits one after the other, a part being some of
 * the chunks of one. Nothing is copied; that the data stays as it is is checked.
 */
public final class DatasetPlan implements AutoCloseable {
  private static final String NAME = "plan.json";
  private static final int ROWS_PER_PART = 8192;

  /**
   * What the data was when it was planned.
   *
   * @param layouts of each split; {@link Dataset#layout}
   */
  record Layouts(SortedMap<String, Long> layouts) {}

  /**
   * A chunk of a part.
   *
   * @param split number of the split
   * @param first number of its first row in the split
   */
  public record Piece(int split, Dataset data, int chunk, long first, int rows) {
    /** The place of a row in the whole. */
    public long ordinal(int row) {
      return Ordinal.of(split, first + row);
    }
  }

  private final Fields fields;
  private final List<Dataset> datasets;
  private final List<String> splits;
  private final List<List<Piece>> parts = new ArrayList<>();
  private long rows;

  private DatasetPlan(Fields fields, List<String> splits, List<Dataset> datasets) {
    this.fields = fields;
    this.splits = splits;
    this.datasets = datasets;
    for (int split = 0; split < datasets.size(); split++) {
      deal(split, datasets.get(split));
    }
  }

  private void deal(int split, Dataset data) {
    List<Piece> part = new ArrayList<>();
    long first = 0;
    int dealt = 0;
    for (int chunk = 0; chunk < data.chunkCount(); chunk++) {
      int count = data.rowCount(chunk);
      if (dealt > 0 && dealt + count > ROWS_PER_PART) {
        parts.add(part);
        part = new ArrayList<>();
        dealt = 0;
      }
      part.add(new Piece(split, data, chunk, first, count));
      first += count;
      dealt += count;
    }
    if (!part.isEmpty()) {
      parts.add(part);
    }
    rows += first;
  }

  /**
   * Opens the data.
   *
   * @param plans folder that keeps what it was
   * @throws FacetException if it cannot be read, or is no longer what it was
   */
  public static DatasetPlan of(DataSource source, Path plans) throws IOException {
    List<String> splits = List.copyOf(Datasets.splits(source).keySet());
    List<Dataset> datasets = new ArrayList<>();
    SortedMap<String, Long> layouts = new TreeMap<>();
    for (String split : splits) {
      Dataset data = Datasets.open(source, split);
      datasets.add(data);
      layouts.put(split, data.layout());
    }
    Layouts now = new Layouts(layouts);
    Path file = file(plans);
    if (!Files.exists(file)) {
      Staged.write(file, Json.LINE.writeValueAsString(now));
    } else if (!Json.read(file, Layouts.class).equals(now)) {
      throw FacetException.usage(
          "the data at %s has other rows since %s was begun: name another --out"
              .formatted(source.root(), plans.getParent()));
    }
    return new DatasetPlan(source.fields(), splits, datasets);
  }

  /** The file in a folder of plans that keeps what the data was. */
  public static Path file(Path plans) {
    return plans.resolve(NAME);
  }

  /** How many parts there are. */
  public int parts() {
    return parts.size();
  }

  /** Rows of all splits, unusable ones included. */
  public long rows() {
    return rows;
  }

  /** Names of the splits by their number in ordinals. */
  public List<String> splits() {
    return splits;
  }

  /** Under which names the data keeps what. */
  public Fields fields() {
    return fields;
  }

  public List<Piece> part(int number) {
    return parts.get(number);
  }

  @Override
  public void close() {
    datasets.forEach(Dataset::close);
  }
}
