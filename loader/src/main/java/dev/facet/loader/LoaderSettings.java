package dev.facet.loader;

/**
 * How samples become batches.
 *
 * @param batch samples in a global batch, over all ranks; a multiple of their number
 * @param epochs where to stop; the position's epoch counts from 0
 * @param seed of order, augmentation and caption choice
 * @param share which part of each batch is made here
 * @param shuffle false reads rows in stored order
 * @param dropLast whether an epoch's last, incomplete batch is left out
 * @param read what reading may use
 * @param parts in how many a rank's share of a batch comes, one {@link Batch} after the other; its
 *     samples are a multiple of them
 */
public record LoaderSettings(
    int batch,
    int epochs,
    long seed,
    Share share,
    boolean shuffle,
    boolean dropLast,
    ReadSettings read,
    int parts) {

  /**
   * A process's part of each global batch.
   *
   * @param rank this process, from 0
   * @param ranks number of processes
   */
  public record Share(int rank, int ranks) {
    /** One process makes whole batches. */
    public static final Share ALL = new Share(0, 1);
  }

  /** Shuffled whole batches, for training. */
  public static LoaderSettings training(int batch, int epochs, long seed, ReadSettings read) {
    return new LoaderSettings(batch, epochs, seed, Share.ALL, true, true, read, 1);
  }

  /** Every row once, in stored order, for evaluation. */
  public static LoaderSettings inOrder(int batch, long seed, ReadSettings read) {
    return new LoaderSettings(batch, 1, seed, Share.ALL, false, false, read, 1);
  }

  int rank() {
    return share.rank;
  }

  /** The number of processes that share a batch. */
  public int ranks() {
    return share.ranks;
  }

  /** With other epochs and worker threads. */
  public LoaderSettings with(int otherEpochs, int threads) {
    return new LoaderSettings(
        batch, otherEpochs, seed, share, shuffle, dropLast, read.withThreads(threads), parts);
  }

  /** With another order, other crops and captions. */
  public LoaderSettings withSeed(long other) {
    return new LoaderSettings(batch, epochs, other, share, shuffle, dropLast, read, parts);
  }

  /** With other epochs. */
  public LoaderSettings withEpochs(int otherEpochs) {
    return new LoaderSettings(batch, otherEpochs, seed, share, shuffle, dropLast, read, parts);
  }

  /**
   * With batches for so many replicas in this process, each of which gets its share in so many
   * parts. A slot is as large as a part; there are slots for each replica.
   */
  public LoaderSettings inParts(int replicas, int number) {
    ReadSettings slots = read.withSlots(replicas * read.slots());
    return new LoaderSettings(
        batch, epochs, seed, share, shuffle, dropLast, slots, replicas * number);
  }
}
