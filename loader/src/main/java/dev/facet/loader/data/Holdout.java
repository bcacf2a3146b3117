package dev.facet.loader.data;

import dev.facet.base.FacetException;
import dev.facet.base.Sha256;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Which rows of the training split are held out, as splits of their own. A hash of what names the
 * picture decides, row by row: so the rows of a picture stay together, and rows that come or go
 * change the side of no other.
 *
 * @param divided the split that is divided
 * @param validation share of it that becomes {@value #VALIDATION}
 * @param test share of it that becomes {@link SplitName#TEST}
 * @param by what is hashed: reading the pictures takes its time, and is right where one picture has
 *     several names
 */
public record Holdout(String divided, double validation, double test, HoldoutBy by) {
  public static final String VALIDATION = "val";

  /** Data as it is. */
  public static final Holdout NONE = new Holdout(SplitName.TRAIN, 0, 0, HoldoutBy.AUTO);

  /** Whether there is anything to hold out. */
  public boolean isNone() {
    return validation == 0 && test == 0;
  }

  /** Whether pictures have to be read to tell their side. */
  public boolean byContent() {
    return !isNone() && by == HoldoutBy.CONTENT;
  }

  /** Whether the rows of a split are divided. */
  public boolean divides(String split) {
    return !isNone() && split.equals(divided);
  }

  /** Whether a split is one of those that are made. */
  public boolean makes(String split) {
    return (validation > 0 && split.equals(VALIDATION))
        || (test > 0 && split.equals(SplitName.TEST));
  }

  /**
   * The split of a row that is divided.
   *
   * @param hash of what names its picture; {@link #hash}
   */
  public String split(long hash) {
    double place = (hash >>> 11) * 0x1.0p-53; // in [0, 1)
    if (place < validation) {
      return VALIDATION;
    }
    return place < validation + test ? SplitName.TEST : divided;
  }

  /** Of a name. */
  public static long hash(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return XxHash64.of(MemorySegment.ofArray(bytes), 0, bytes.length);
  }

  /** Of a picture, the same as of its SHA-256 where a list tells that. */
  public static long hash(EncodedImage image) {
    MessageDigest sha256 = Sha256.digest();
    sha256.update(image.asByteBuffer());
    return hash(HexFormat.of().formatHex(sha256.digest()));
  }

  /**
   * Refuses data that has a split of its own where one would be made: the two would be mixed.
   *
   * @param split of some of its rows, as the data has it
   */
  public void refuseOwn(Path root, String split) {
    if (makes(split)) {
      String setting = split.equals(VALIDATION) ? "data.holdout" : "data.holdout_test";
      throw FacetException.usage(
          ("%s has a split '%s' of its own, which %s would make of '%s': set %s to 0"
                  + " (data.eval_split or --split name what is evaluated)")
              .formatted(root, split, setting, divided, setting));
    }
  }

  /**
   * What to do about a split that is not there.
   *
   * @param root of the data
   * @param split that was looked for
   * @param there the splits there are, separated by commas
   */
  public FacetException noRows(Path root, String split, String there) {
    if (makes(split)) {
      return FacetException.usage(
          ("%s has no rows in split '%s'; there is %s: the share that is held out (data.holdout,"
                  + " data.holdout_test) took none of so few rows; raise it")
              .formatted(root, split, there));
    }
    return FacetException.usage(
        "%s has no rows in split '%s'; there is %s%s"
            .formatted(
                root,
                split,
                there,
                isNone() && !split.equals(divided)
                    ? ": name one of these, or let data.holdout hold some rows out, 0.05 for one"
                        + " in twenty"
                    : ""));
  }
}
