package dev.facet.prepare.whole;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a row, a line of {@code rows/*.jsonl}. One that was taken down tells no more than
 * what is counted.
 *
 * @param urlUsable whether it names an address that can be asked, or a picture that lies there
 * @param download {@code ok}, or why there is no picture
 * @param detail of a failure, for people
 * @param host that was asked last
 * @param source where the picture came from
 * @param urls all addresses of the row, if that is not the only one
 * @param width of the photo as displayed, in pixels
 * @param height of the photo as displayed, in pixels
 * @param captions how many it has that are neither missing nor blank
 * @param crop {@code ok}, or why nothing could be cut out, of its first face
 * @param box of its first face in pixels of the photo: left, top, right, bottom
 * @param boxes of all faces, if there are several
 * @param results of each face: the split it is in, or why it is in none
 * @param samples ids in the shards
 * @param copyOf the row that stands for it, where it is left out as a copy: its file and number
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record RowOutcome(
    String file,
    long row,
    @Nullable String id,
    boolean urlUsable,
    String download,
    @Nullable String detail,
    @Nullable String host,
    @Nullable String source,
    @Nullable List<String> urls,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable String format,
    @Nullable String sha256,
    int captions,
    String crop,
    int @Nullable [] box,
    @Nullable List<int[]> boxes,
    List<String> results,
    List<String> samples,
    @Nullable String copyOf) {

  /** The same without all that tells what it was, and without its samples. */
  RowOutcome takenDown() {
    String word = Fate.TAKEN_DOWN.reason();
    return new RowOutcome(
        file,
        row,
        null,
        urlUsable,
        download,
        null,
        null,
        null,
        null,
        width,
        height,
        format,
        null,
        captions,
        crop,
        null,
        null,
        results.stream().map(result -> Fate.isSaidBy(result) ? word : result).toList(),
        List.of(),
        null);
  }
}
