package dev.facet.base;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** How far names are from each other, and which of them was meant. */
public final class EditDistance {
  private EditDistance() {}

  /** The nearest of some names, or null if none is near. */
  public static @Nullable String nearest(String given, Collection<String> names) {
    String best = null;
    int least = tolerance(given) + 1;
    for (String name : names) {
      int distance = slips(given, name);
      if (distance < least) {
        least = distance;
        best = name;
      }
    }
    return best;
  }

  /** How many slips a misspelt name may hold. */
  public static int tolerance(String given) {
    return Math.max(2, given.length() / 3);
  }

  /** Slips of the finger between two names; one that begins with the other is one slip away. */
  public static int slips(String given, String name) {
    int letters = between(given, name);
    boolean begins = given.startsWith(name) || name.startsWith(given);
    return begins && Math.min(given.length(), name.length()) > 2 ? Math.min(letters, 1) : letters;
  }

  /** Levenshtein distance: the fewest single letters inserted, deleted or replaced. */
  public static int between(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
