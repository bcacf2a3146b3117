package dev.facet.eval.log;

import com.fasterxml.jackson.databind.util.StdConverter;
import java.time.Instant;

/** Reads an ISO 8601 moment; {@link Instant#toString} is the way back. */
final class InstantText extends StdConverter<String, Instant> {
  @Override
  public Instant convert(String text) {
    return Instant.parse(text);
  }
}
