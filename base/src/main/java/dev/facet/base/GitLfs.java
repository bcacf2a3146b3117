package dev.facet.base;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The small texts that a clone without Git LFS has in place of its large files. Any file of a data
 * set or a model may be one.
 */
public final class GitLfs {
  private static final byte[] BEGIN = "version https://git-lfs".getBytes(StandardCharsets.US_ASCII);

  /** Follows the name of what is one. */
  public static final String CURE =
      "is a pointer of Git LFS, not the file itself: run `git lfs pull` in its repository";

  private GitLfs() {}

  /** Whether the first bytes of something, or all of them, are a pointer's. */
  public static boolean isPointer(byte[] bytes) {
    return bytes.length >= BEGIN.length
        && Arrays.equals(bytes, 0, BEGIN.length, BEGIN, 0, BEGIN.length);
  }

  /**
   * Refuses a file that is a pointer; what cannot be read is left for its reader to complain of.
   *
   * @throws FacetException with the cure
   */
  public static void refuse(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      if (isPointer(in.readNBytes(BEGIN.length))) {
        throw FacetException.usage(file + " " + CURE);
      }
    } catch (IOException e) {
      // Its reader knows better what to say, and whether to wait.
    }
  }
}
