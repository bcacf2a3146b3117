package dev.facet.prepare.fetch;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an owner forbids with {@code X-Robots-Tag}: words in any letter case, which commas part, in
 * one header or several. A name and a colon before words address them to one robot.
 *
 * <p>That a picture is not for training ({@code noai}, {@code noimageai}) is honoured whomever it
 * is said to: an owner who tells one robot so has not invited the others. That it is not for an
 * index ({@code noindex}, {@code noimageindex}, and {@code none}, which implies it) is honoured
 * where it is said to all or to this program, by the first word of its user agent.
 */
final class RobotsTag {
  private static final Set<String> NOT_FOR_TRAINING = Set.of("noai", "noimageai");
  private static final Set<String> NOT_FOR_INDEX = Set.of("noindex", "noimageindex", "none");

  /** Words that have a colon of their own. */
  private static final Pattern WITH_VALUE = Pattern.compile("unavailable_after|max-[a-z-]+");

  private static final Pattern COMMA = Pattern.compile(",");

  private final String self;

  RobotsTag(String userAgent) {
    this.self = userAgent.strip().split("[/\\s]", 2)[0].toLowerCase(Locale.ROOT);
  }

  /** The word that forbids the use of an answer's body; null if none does. */
  @Nullable String forbids(Head head) {
    return head.all("x-robots-tag")
        .map(this::forbids)
        .filter(w -> w != null)
        .findFirst()
        .orElse(null);
  }

  private @Nullable String forbids(String value) {
    String robot = "";
    for (String part : COMMA.split(value.toLowerCase(Locale.ROOT), -1)) {
      String word = part.strip();
      int colon = word.indexOf(':');
      if (colon >= 0 && !WITH_VALUE.matcher(word.substring(0, colon).strip()).matches()) {
        robot = word.substring(0, colon).strip();
        word = word.substring(colon + 1).strip();
      }
      boolean meansUs = robot.isEmpty() || robot.equals("*") || robot.equals(self);
      if (NOT_FOR_TRAINING.contains(word) || (meansUs && NOT_FOR_INDEX.contains(word))) {
        return word.equals("none") ? "noindex" : word;
      }
    }
    return null;
  }
}
