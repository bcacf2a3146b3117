package dev.facet.prepare.convert;

import java.io.IOException;

/** Where samples are written to, split by split. */
interface SampleFiles extends AutoCloseable {
  /** A split begins; the one before it has ended. */
  void begin(String split) throws IOException;

  /** Adds a sample of the split; returns how many captions were written. */
  int add(Sample sample) throws IOException;

  /** Ends the split. */
  void end() throws IOException;

  @Override
  void close() throws IOException;
}
