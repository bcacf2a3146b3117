package dev.facet.model.adapt;

import dev.facet.base.FacetException;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A shell pattern over dotted names: {@code *} is any text, dots too, {@code ?} one character,
 * {@code [0-5]} one of those, {@code [!0-5]} one of the others.
 */
final class NamePattern {
  /** Names that a message about a pattern without effect shows. */
  private static final int SHOWN = 5;

  private final Pattern pattern;

  private NamePattern(String glob) {
    pattern = Pattern.compile(regex(glob));
  }

  /**
   * The names that any of the patterns matches.
   *
   * @param setting where the patterns come from, for messages
   * @param what is named, in the plural
   * @throws FacetException naming every pattern that matches nothing, with the nearest names
   */
  public static Set<String> matching(
      List<String> globs, Collection<String> names, String setting, String what) {
    Set<String> found = new LinkedHashSet<>();
    StringBuilder problems = new StringBuilder();
    for (String glob : globs) {
      NamePattern pattern = new NamePattern(glob);
      List<String> matched = names.stream().filter(pattern::matches).toList();
      found.addAll(matched);
      if (matched.isEmpty()) {
        problems.append("\n  ").append(glob).append("; nearest: ").append(nearest(glob, names));
      }
    }
    if (!problems.isEmpty()) {
      throw FacetException.usage(
          setting + " has patterns that match none of the model's " + what + ":" + problems);
    }
    return found;
  }

  private boolean matches(String name) {
    return pattern.matcher(name).matches();
  }

  private static String regex(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      boolean others = glob.startsWith("[!", i);
      int start = i + (others ? 2 : 1);
      int end = c == '[' ? glob.indexOf(']', start + 1) : -1;
      if (c == '*') {
        regex.append(".*");
      } else if (c == '?') {
        regex.append('.');
      } else if (end > 0) {
        regex.append(others ? "[^" : "[");
        set(glob.substring(start, end), regex);
        regex.append(']');
        i = end;
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return regex.toString();
  }

  /** A hyphen between two characters is a range; every other sign stands for itself. */
  private static void set(String inside, StringBuilder regex) {
    for (int i = 0; i < inside.length(); i++) {
      char low = inside.charAt(i);
      boolean range = i + 2 < inside.length() && inside.charAt(i + 1) == '-';
      char high = range ? inside.charAt(i + 2) : low;
      regex.append(
          String.format(Locale.ROOT, "\\x{%x}-\\x{%x}", Math.min(low, high), Math.max(low, high)));
      i += range ? 2 : 0;
    }
  }

  /** Those names that share most of their runs of three characters with the pattern. */
  private static String nearest(String glob, Collection<String> names) {
    Set<String> wanted = runs(glob);
    return names.stream()
        .sorted(Comparator.comparingDouble(name -> -likeness(wanted, runs(name))))
        .limit(SHOWN)
        .collect(Collectors.joining(", "));
  }

  private static double likeness(Set<String> wanted, Set<String> own) {
    long shared = own.stream().filter(wanted::contains).count();
    return (double) shared / (wanted.size() + own.size() - shared + 1);
  }

  private static Set<String> runs(String text) {
    Set<String> runs = new LinkedHashSet<>();
    for (int i = 0; i + 3 <= text.length(); i++) {
      runs.add(text.substring(i, i + 3));
    }
    return runs;
  }
}
