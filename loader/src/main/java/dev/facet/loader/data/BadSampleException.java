package dev.facet.loader.data;

/** A sample that cannot be used. It is counted, quarantined and dropped; it never ends a run. */
public final class BadSampleException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why samples are skipped; counters and the quarantine file use the lower-case name. */
  public enum Reason {
    /** The image file is not there. */
    MISSING,
    /** The row names no picture and holds none. */
    NO_IMAGE,
    /** The image file, or what stands in its place, is 0 bytes long. */
    EMPTY,
    /** The path of the image leads out of the folders that images may be read from. */
    OUTSIDE,
    /** No format that any decoder knows. */
    UNSUPPORTED,
    /** The decoder gave up. */
    CORRUPT,
    /** More pixels than the limit, or one side absurdly longer than the other. */
    TOO_LARGE,
    /** No caption that is not blank. */
    NO_CAPTION,
    /** The face box lies outside the picture or is empty. */
    BAD_BOX,
    /** The vector in the picture's place is missing, of another width, zero or not finite. */
    BAD_VECTOR,
    /** The chunk that holds the row could not be read. */
    READ_ERROR,
    /** What stands in the list in place of a row is none: a line that is no JSON, for one. */
    MALFORMED
  }

  private final Reason reason;

  public BadSampleException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** Samples fail by the thousand in bad data; nobody reads their stack traces. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
