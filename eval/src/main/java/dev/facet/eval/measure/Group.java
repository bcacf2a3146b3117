package dev.facet.eval.measure;

import java.util.stream.Stream;

/**
 * What the pictures of one group reach as queries, with their captions. What they are searched
 * among is the whole set, so groups differ in their queries alone.
 *
 * @param value of the label that makes the group
 * @param images how many pictures it has
 * @param captions how many captions these have
 */
public record Group(String value, int images, int captions, Measures measures) {
  /** With fewer pictures an interval says nothing: the bootstrap knows only what it has seen. */
  public static final int FEW = 30;

  /** A recall whose interval is wider tells little of the group. */
  public static final double WIDE = 0.2;

  /** Whether it has too few pictures to say anything. */
  public boolean isSmall() {
    return images < FEW;
  }

  /** The widest interval of recall@1, 5 and 10 in both directions; 0 where there are none. */
  public double widest() {
    return Stream.of(measures.imageToText(), measures.textToImage())
        .flatMap(direction -> AllFigures.USUAL.stream().map(k -> direction.get("r" + k)))
        .map(Measure::interval)
        .mapToDouble(interval -> interval == null ? 0 : interval.high() - interval.low())
        .max()
        .orElse(0);
  }
}
