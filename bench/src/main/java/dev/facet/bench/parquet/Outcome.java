package dev.facet.bench.parquet;

/** What came of reading a damaged file. */
enum Outcome {
  /** What the sound file holds: the damage lay where nobody looks. */
  SAME,
  /** Other rows than the sound file holds, without a word. */
  OTHER_DATA,
  /** A declared exception. */
  REFUSED,
  /** An exception that is not declared. */
  UNDECLARED,
  OUT_OF_MEMORY,
  /** Another error of the virtual machine. */
  ERROR,
  /** More than twenty seconds. */
  HANG,
  /** The process ended. */
  CRASH,
  /** Beside one of the above: more than 32 MB of heap for a file of a few kilobytes. */
  GREEDY
}
