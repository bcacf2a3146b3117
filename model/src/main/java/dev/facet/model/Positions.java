package dev.facet.model;

import ai.djl.ndarray.types.Shape;
import dev.facet.model.ops.Ops;
import java.util.Map;

/**
 * Position embeddings of another image size, resized as a picture of D channels: bicubic, smoothed
 * where they shrink (open_clip, pos_embed.py, resize_pos_embed); the class token keeps its own.
 */
final class Positions {
  private Positions() {}

  /** Replaces the position embedding where it belongs to another grid of patches. */
  static void fit(VisionTower tower, Architecture config, Map<String, Incoming> incoming) {
    incoming.computeIfPresent(
        tower.positionName(),
        (name, table) -> {
          if (table.shape().dimension() != 2) {
            return table;
          }
          int first = tower.first();
          int side = config.imageSize() / config.patchSize();
          long patches = table.shape().get(0) - first;
          long own = Math.round(Math.sqrt((double) patches));
          if (patches <= 0 || own * own != patches || own == side) {
            return table;
          }
          Shape wanted = new Shape((long) side * side + first, table.shape().get(1));
          boolean smooth = tower.antialiasesPositions();
          return table.changed(
              wanted, from -> Ops.get().resizePositions(from, first, side, smooth));
        });
  }
}
