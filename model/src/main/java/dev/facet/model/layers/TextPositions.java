package dev.facet.model.layers;

/** A text tower with a table of positions, which longer captions stretch. */
public interface TextPositions {
  /** The name of the table [T, D]. */
  String positionName();
}
