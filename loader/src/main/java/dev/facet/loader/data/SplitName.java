package dev.facet.loader.data;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The split that a file's name or folder tells: {@code test-00000.tar}, {@code
 * cc3m-validation-0003.tar}, {@code test/00000.tar}, {@code val2017/1.jpg}, {@code
 * split=test/0.parquet}, {@code held_out-00000-of-00004.parquet}. What tells nothing, like {@code
 * shard-000000.tar}, is {@code train}, never a test set by accident.
 */
public final class SplitName {
  public static final String TRAIN = "train";
  public static final String TEST = "test";

  private static final List<String> KNOWN =
      List.of(TRAIN, TEST, "val", "valid", "validation", "dev", "eval");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[-_.]");

  /** A folder of a partitioned table: {@code split=test}. */
  private static final Pattern PARTITION = Pattern.compile("(?<key>[^=]+)=(?<value>.+)");

  /** Years and numbers, as in {@code val2017}. */
  private static final Pattern NUMBER = Pattern.compile("\\d+$");

  /** Any other word, where a file says that it is one of the files of a split. */
  private static final Pattern NUMBERED = Pattern.compile("(\\w+)-\\d{4,}-of-\\d{4,}.*");

  private SplitName() {}

  /** By a path relative to the data set, with slashes. */
  public static String of(String path) {
    String[] parts = path.split("/", -1);
    String file = parts[parts.length - 1];
    for (int i = parts.length - 2; i >= 0; i--) {
      Matcher partition = PARTITION.matcher(parts[i]);
      if (partition.matches() && partition.group("key").equalsIgnoreCase("split")) {
        String value = partition.group("value");
        String lower = value.toLowerCase(Locale.ROOT);
        return KNOWN.contains(lower) ? lower : value;
      }
    }
    for (String word : BETWEEN_WORDS.split(file, -1)) {
      String known = known(word);
      if (known != null) {
        return known;
      }
    }
    String folder = ofFolders(path);
    if (folder != null) {
      return folder;
    }
    Matcher numbered = NUMBERED.matcher(file);
    return numbered.matches() ? numbered.group(1) : TRAIN;
  }

  /** Whether a folder of this name holds one split. */
  public static boolean isOfOneSplit(String folder) {
    return known(folder.substring(folder.indexOf('=') + 1)) != null
        || folder.toLowerCase(Locale.ROOT).startsWith("split=");
  }

  /** The split that the folders of a path tell, the deepest first; null if they tell none. */
  public static @Nullable String ofFolders(String path) {
    String[] parts = path.split("/", -1);
    for (int i = parts.length - 2; i >= 0; i--) {
      String known = known(parts[i].substring(parts[i].indexOf('=') + 1));
      if (known != null) {
        return known;
      }
    }
    return null;
  }

  /** The split that a single word names, in lower case: {@code val2017} is {@code val}. */
  public static @Nullable String known(String word) {
    String plain = NUMBER.matcher(word.toLowerCase(Locale.ROOT)).replaceFirst("");
    return KNOWN.contains(plain) ? plain : null;
  }
}
