package dev.facet.loader;

/**
 * Where a run stands in its data; all that a checkpoint needs to restore it.
 *
 * @param epoch passes over the data begun before this one
 * @param samples samples of this epoch already consumed by all ranks together, bad ones included
 */
public record Position(int epoch, long samples) {
  public static final Position START = new Position(0, 0);
}
