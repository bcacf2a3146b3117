package dev.facet.prepare;

import dev.facet.prepare.part.PartProgress;
import dev.facet.prepare.whole.WholeProgress;

/** Who is told how far a preparation is. */
public interface PrepareProgress extends PartProgress, WholeProgress {
  /** Rows of the source that were read and dealt so far. */
  void planned(long rows);

  /** Everything is planned: so many rows, of all plans that are not finished. */
  void begun(long rows);
}
