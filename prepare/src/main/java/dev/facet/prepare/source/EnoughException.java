package dev.facet.prepare.source;

import java.io.IOException;

/** What was looked for in a table was seen, so the rest need not be read. */
final class EnoughException extends IOException {
  private static final long serialVersionUID = 1L;
}
