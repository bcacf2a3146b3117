package dev.facet.loader;

/**
 * How samples become batches.
 *
 * @param batch samples in a global batch, over all ranks; a multiple of {@code ranks}
 * @param threads worker threads
 * @param slots batches kept ready or being filled
 * @param window chunks among which rows are mixed; fewer where two windows of them would take more
 *     than {@code windowBytes}
 * @param windowBytes memory of all chunks that are open at once; at least one chunk always is
 * @param openers threads that open chunks; 0 means 2 to 4, as there are worker threads
 * @param seed of order, augmentation and caption choice
 * @param rank this process, from 0
 * @param ranks number of processes
 * @param shuffle false reads rows in stored order
 * @param dropLast whether an epoch's last, incomplete batch is left out
 * @param epochs where to stop; the position's epoch counts from 0
 * @param maxBadFraction share of bad samples past which the run stops, judged once at least 100
 *     samples have been read, and at the end of the data
 */
public record LoaderSettings(
    int batch,
    int threads,
    int slots,
    int window,
    long windowBytes,
    int openers,
    long seed,
    int rank,
    int ranks,
    boolean shuffle,
    boolean dropLast,
    int epochs,
    double maxBadFraction) {}
