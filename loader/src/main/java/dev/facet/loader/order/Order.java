package dev.facet.loader.order;

/** The order of one epoch: positions from 0, cut into windows that are read one after another. */
public sealed interface Order permits EpochOrder, MixtureOrder {
  /** Number of windows. */
  int windows();

  /** The window that holds a position of this epoch; past the end it is {@link #windows}. */
  int windowOf(long position);

  /** A window, found without looking at those before it. */
  Window window(int index);
}
