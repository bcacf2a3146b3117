package dev.facet.prepare.convert;

import java.io.IOException;
import java.util.List;

/** Where samples are written to, file by file; what a file is made of is named by its number. */
interface SampleFiles extends AutoCloseable {
  /**
   * Removes what a process that was killed had begun of a file, in whichever split.
   *
   * @param number of the file that comes next
   */
  void forget(int number) throws IOException;

  /**
   * A file begins; the one before it has ended.
   *
   * @param number from 0, counted through all splits
   */
  void begin(String split, int number) throws IOException;

  /** Captions that can be written; without any, a sample is none. */
  List<String> usable(List<String> captions);

  /**
   * Adds a sample.
   *
   * @param captions of it that are written, one at least
   * @param number in the file, from 0
   */
  void add(Sample sample, List<String> captions, int number) throws IOException;

  /**
   * Ends the file; all of it has its place then.
   *
   * @param samples how many were added
   */
  void end(int samples) throws IOException;

  /** Writes what comes after the last file. */
  void finish() throws IOException;

  @Override
  void close() throws IOException;
}
