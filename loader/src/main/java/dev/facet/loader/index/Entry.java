package dev.facet.loader.index;

import dev.facet.loader.files.PicturePath;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a list says about one picture. An entry that lacks something is an entry all the same: its
 * row fails with the reason, and is counted.
 *
 * @param number place within its file: lines count from 1, all else from 0
 * @param picture null if the entry names none
 * @param sha256 of the picture's bytes, if the list tells it
 * @param fault why what stands there is no entry; null if it is one
 */
public record Entry(
    String split,
    long number,
    @Nullable String id,
    @Nullable String source,
    @Nullable Picture picture,
    @Nullable String sha256,
    List<Caption> captions,
    @Nullable FaceBox box,
    Map<String, String> labels,
    @Nullable String fault) {

  /** What stands in an entry's place. */
  static Entry malformed(String split, long number, @Nullable String id, String why) {
    return new Entry(split, number, id, null, null, null, List.of(), null, Map.of(), why);
  }

  /** Where the encoded bytes are. */
  public sealed interface Picture {
    /** A file; the path is as the list has it, but {@linkplain PicturePath#tidy tidy}. */
    record InFile(String path) implements Picture {}

    /** A stretch of the tar file that the entry is from. */
    record InTar(long offset, long length) implements Picture {}
  }

  /** A caption that is not blank, and how often it is drawn relative to the others. */
  public record Caption(String text, double weight) {}

  /** What stands where the box should be. */
  public sealed interface FaceBox {
    /** Left, top, right, bottom. */
    record Edges(double x1, double y1, double x2, double y2) implements FaceBox {}

    /** Something else. */
    record Bad(String text) implements FaceBox {}
  }
}
