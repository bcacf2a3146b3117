package dev.facet.loader.source;

/** What stands in an entry's place is none; the message says why, without the place. */
final class MalformedException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedException(String message) {
    super(message);
  }

  /** There may be thousands in bad data; nobody reads their stack traces. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
