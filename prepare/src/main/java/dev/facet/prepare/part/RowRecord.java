package dev.facet.prepare.part;

import java.util.List;

/**
 * What became of a row.
 *
 * @param ordinal its place in the whole
 * @param file that it stands in
 * @param row its number there, from 0
 * @param id its own, else its file and number
 * @param usable whether it names an address that can be asked, or a picture that lies there
 * @param download {@code ok}, or why there is no picture
 * @param detail of a failure, for people
 * @param source where its picture came from
 * @param urls all addresses that it has; none for pictures that lie there
 * @param host that was asked last, empty for pictures that lie there
 * @param captions how many it has that are neither missing nor blank
 * @param boxes left, top, right and bottom of each face that was found, in pixels of the photo
 * @param faces what became of each face, or of the whole picture; empty if there is no photo
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
public record RowRecord(
    long ordinal,
    String file,
    long row,
    String id,
    boolean usable,
    String download,
    String detail,
    String source,
    List<String> urls,
    String host,
    int captions,
    List<int[]> boxes,
    List<FaceRecord> faces) {
  /** What {@link #download} and {@link FaceRecord#crop} say of what went well. */
  public static final String OK = "ok";

  public RowRecord {
    urls = List.copyOf(urls);
    boxes = List.copyOf(boxes);
    faces = List.copyOf(faces);
  }
}
