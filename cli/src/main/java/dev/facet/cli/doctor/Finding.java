package dev.facet.cli.doctor;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One thing about this machine.
 *
 * @param subject what was looked at, "libtorch"
 * @param found what is there
 * @param problem what is wrong, with the cure; null if nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Finding(String subject, String found, @Nullable String problem) {
  /** It cannot be used: whatever is wrong with it, the others are looked at all the same. */
  static Finding bad(String subject, Throwable why) {
    return new Finding(
        subject,
        "cannot be used",
        subject + ": " + String.valueOf(why.getMessage()).lines().findFirst().orElse("no reason"));
  }

  /** Nothing is wrong with it. */
  static Finding good(String subject, String found) {
    return new Finding(subject, found, null);
  }
}
