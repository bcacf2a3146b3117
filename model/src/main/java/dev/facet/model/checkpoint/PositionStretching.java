package dev.facet.model.checkpoint;

import ai.djl.ndarray.types.Shape;
import dev.facet.model.Architecture;
import dev.facet.model.layers.TextPositions;
import dev.facet.model.ops.Ops;
import dev.facet.model.tensors.StoredWeight;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Positions of longer captions, stretched as Long-CLIP does it (Zhang et al. 2024, "Long-CLIP",
 * section 3.2, "knowledge-preserved stretching"): the first 20, which nearly all captions of the
 * training reach, stay as they are, and the others are interpolated, so that 77 places become 248
 * at four times their distance. Other lengths stretch them by another factor.
 */
final class PositionStretching {
  /** Places that are kept; of a table with fewer than twice as many, half of it. */
  private static final int KEPT = 20;

  private PositionStretching() {}

  /**
   * Replaces the table where the model takes captions of another length than the checkpoint's own
   * config says; a shorter one is cut. A table that does not fit that config is left to be refused.
   *
   * @param own the checkpoint's config
   * @return what was done, for people; empty if nothing
   */
  static Optional<String> fit(
      TextPositions tower,
      Architecture own,
      Architecture wanted,
      Map<String, StoredWeight> incoming) {
    StoredWeight table = incoming.get(tower.positionName());
    int from = own.textPositions();
    int to = wanted.textPositions();
    if (table == null
        || from == to
        || table.shape().dimension() != 2
        || table.shape().get(0) != from) {
      return Optional.empty();
    }
    int kept = kept(from);
    Shape shape = new Shape(to, table.shape().get(1));
    incoming.put(
        tower.positionName(),
        table.changed(shape, each -> Ops.get().stretchPositions(each, kept, to)));
    return Optional.of(
        to < from
            ? String.format(
                Locale.ROOT, "the first %d of %d positions of captions are used", to, from)
            : String.format(
                Locale.ROOT,
                "positions of captions stretched from %d to %d: the first %d stay, the others lie"
                    + " %.2f times as far apart",
                from,
                to,
                kept,
                (double) (to - kept) / (from - kept)));
  }

  /** How many places of a table keep theirs. */
  static int kept(int places) {
    return Math.min(KEPT, places / 2);
  }
}
