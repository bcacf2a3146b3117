package dev.facet.prepare.fetch;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why a try of an address brought no body; an address or its server is to blame. */
final class FetchFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final boolean passing;
  private final @Nullable Duration retryAfter;
  private final @Nullable String unreached;

  private FetchFailure(
      String reason,
      String detail,
      boolean passing,
      @Nullable Duration retryAfter,
      @Nullable String unreached) {
    super(detail);
    this.reason = reason;
    this.passing = passing;
    this.retryAfter = retryAfter;
    this.unreached = unreached;
  }

  /** It will be the same next time. */
  static FetchFailure lasting(String reason, String detail) {
    return new FetchFailure(reason, detail, false, null, null);
  }

  /** It may pass. */
  static FetchFailure passing(String reason, String detail) {
    return new FetchFailure(reason, detail, true, null, null);
  }

  /** It may pass, but not earlier than the server says; null if it does not say. */
  static FetchFailure busy(String reason, String detail, @Nullable Duration retryAfter) {
    return new FetchFailure(reason, detail, true, retryAfter, null);
  }

  /** It may pass, and nothing came from this host: perhaps it is the network that is gone. */
  static FetchFailure unreached(String reason, String detail, String host) {
    return new FetchFailure(reason, detail, true, null, host);
  }

  /** A name that is not known to those who answered for it. */
  static FetchFailure unknown(String reason, String detail, String host) {
    return new FetchFailure(reason, detail, false, null, host);
  }

  /** A name that nobody answered for; Java gives the same answer for a while. */
  static FetchFailure unanswered(String reason, String detail, String host) {
    return new FetchFailure(reason, detail, true, Names.MEMORY, host);
  }

  String reason() {
    return reason;
  }

  boolean mayPass() {
    return passing;
  }

  @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** The host that nothing came from; null if something did, or nobody was asked. */
  @Nullable String unreachedHost() {
    return unreached;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
