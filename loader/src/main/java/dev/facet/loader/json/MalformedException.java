package dev.facet.loader.json;

/** What stands in an entry's place is none; the message says why, without the place. */
public final class MalformedException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedException(String message) {
    super(message);
  }

  /** There may be thousands in bad data; nobody reads their stack traces. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
