package dev.facet.base.hub;

import dev.facet.base.FacetException;
import dev.facet.base.Printable;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a repository is called: {@code hf:openai/clip-vit-base-patch32}, {@code
 * hf:datasets/OWNER/NAME}, either with {@code @REVISION} behind it, a branch, a tag or a commit.
 *
 * @param kind what it holds
 * @param repository OWNER/NAME, or NAME alone for the oldest
 * @param revision {@code main} unless it is given
 */
public record HubName(Kind kind, String repository, String revision) {
  private static final String PREFIX = "hf:";
  private static final String DATASETS = "datasets/";
  private static final String PART = "[A-Za-z0-9][A-Za-z0-9._-]*";
  private static final Pattern NAME =
      Pattern.compile("(" + PART + "(?:/" + PART + ")?)(?:@([A-Za-z0-9][A-Za-z0-9._/-]*))?");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  /** What a repository holds. */
  public enum Kind {
    MODEL,
    DATASET;

    /** As the Hub's addresses and the cache's folders have it. */
    String plural() {
      return name().toLowerCase(Locale.ROOT) + "s";
    }
  }

  /** Whether a path that somebody wrote is such a name. */
  public static boolean is(Path written) {
    return is(written.toString());
  }

  /** Whether a text is such a name. */
  public static boolean is(String written) {
    return written.startsWith(PREFIX);
  }

  /**
   * Reads a name.
   *
   * @throws FacetException usage, if there can be no such repository or revision
   */
  public static HubName of(String written) {
    String name = written.startsWith(PREFIX) ? written.substring(PREFIX.length()) : written;
    Kind kind = name.startsWith(DATASETS) ? Kind.DATASET : Kind.MODEL;
    Matcher parts = NAME.matcher(kind == Kind.DATASET ? name.substring(DATASETS.length()) : name);
    // The cache joins owner and name by --, and none of the three may climb out of it.
    if (!parts.matches()
        || parts.group(1).contains("--")
        || name.contains("..")
        || name.contains("//")
        || name.endsWith("/")) {
      throw FacetException.usage(
          ("%s names nothing on the Hub: write hf:OWNER/NAME for a model, hf:datasets/OWNER/NAME for a"
                  + " data set, and @REVISION behind it where it is not main")
              .formatted(Printable.of(written)));
    }
    String revision = parts.group(2);
    return new HubName(kind, parts.group(1), revision == null ? "main" : revision);
  }

  /** Whether the revision is a commit, which never becomes another. */
  boolean isPinned() {
    return isCommit(revision);
  }

  static boolean isCommit(String text) {
    return COMMIT.matcher(text).matches();
  }

  /** Its folder in the cache. */
  String folder() {
    return kind.plural() + "--" + repository.replace("/", "--");
  }

  /** Its place behind the Hub's address: for pages and files. */
  String path() {
    return (kind == Kind.DATASET ? DATASETS : "") + repository;
  }

  @Override
  public String toString() {
    return PREFIX + path() + (revision.equals("main") ? "" : "@" + revision);
  }
}
