package dev.facet.prepare.plan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Deals errands into a file for each lane, in the order in which they come. */
public final class LaneDealer {
  private final Lanes lanes;
  private final Path folder;
  private final Heaps heaps;
  private final SortedMap<Integer, Long> rows = new TreeMap<>();

  /**
   * @param folder an empty one
   */
  public LaneDealer(Lanes lanes, Path folder) {
    this.lanes = lanes;
    this.folder = folder;
    this.heaps = new Heaps(lanes.count(), this::file);
  }

  /** The file of a lane. */
  public Path file(int lane) {
    return folder.resolve(String.format(Locale.ROOT, "lane-%05d.errands", lane));
  }

  /** Deals an errand. */
  public void add(Errand errand) throws IOException {
    int lane = lanes.of(errand);
    heaps.add(lane, out -> ErrandCodec.write(out, errand));
    rows.merge(lane, (long) errand.rows().size(), Long::sum);
  }

  /**
   * Writes what was gathered.
   *
   * @return lanes with something to do, and the rows in each
   */
  public SortedMap<Integer, Long> finish() throws IOException {
    heaps.finish();
    return rows;
  }
}
