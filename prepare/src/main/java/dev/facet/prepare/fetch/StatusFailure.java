package dev.facet.prepare.fetch;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an answer's status means where it is no success. */
final class StatusFailure {
  private StatusFailure() {}

  /** {@code http_NNN}; servers that are busy or broken may be well again later. */
  static FetchFailure of(Head head, Instant now) {
    String reason = String.format(Locale.ROOT, "http_%03d", head.status());
    String detail = "the server answers " + head.status();
    return mayPass(head.status())
        ? FetchFailure.busy(reason, detail, retryAfter(head.first("retry-after"), now))
        : FetchFailure.lasting(reason, detail);
  }

  private static boolean mayPass(int status) {
    return switch (status) {
      case 408, 425, 429 -> true;
      case 501, 505 -> false; // the server cannot do it
      default -> status >= 500;
    };
  }

  /** Seconds or a date (RFC 9110, 10.2.3); null for neither. */
  private static @Nullable Duration retryAfter(String value, Instant now) {
    if (value.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    try {
      Instant then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(now, then);
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
