package dev.facet.model.checkpoint;

import ai.djl.ndarray.types.Shape;
import dev.facet.model.Architecture;
import dev.facet.model.layers.VisionTower;
import dev.facet.model.ops.Ops;
import dev.facet.model.tensors.StoredWeight;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Position embeddings of another image size, resized as a picture of D channels: bicubic, smoothed
 * where they shrink (open_clip, pos_embed.py, resize_pos_embed); the class token keeps its own.
 */
final class PositionResizing {
  private PositionResizing() {}

  /**
   * Replaces the position embedding where the model takes pictures of another size than the
   * checkpoint's own config says. A table that does not fit that config is left to be refused: it
   * belongs to another checkpoint.
   *
   * @param own the checkpoint's config
   * @return what was done, for people; empty if nothing
   */
  static Optional<String> fit(
      VisionTower tower,
      Architecture own,
      Architecture wanted,
      Map<String, StoredWeight> incoming) {
    StoredWeight table = incoming.get(tower.positionName());
    int from = own.patches().side();
    int to = wanted.patches().side();
    int first = tower.first();
    if (table == null
        || own.imageSize() == wanted.imageSize()
        || from == to
        || table.shape().dimension() != 2
        || table.shape().get(0) != (long) from * from + first) {
      return Optional.empty();
    }
    Shape shape = new Shape((long) to * to + first, table.shape().get(1));
    boolean smooth = tower.antialiasesPositions();
    incoming.put(
        tower.positionName(),
        table.changed(shape, each -> Ops.get().resizePositions(each, first, to, smooth)));
    return Optional.of(
        String.format(
            Locale.ROOT,
            "position embeddings resized from %d x %d to %d x %d patches, for pictures of %d pixels"
                + " instead of %d",
            from,
            from,
            to,
            to,
            wanted.imageSize(),
            own.imageSize()));
  }
}
