package dev.facet.loader;

import dev.facet.augment.Box;
import dev.facet.augment.SampleRandom;
import dev.facet.loader.BadSampleException.Reason;
import dev.facet.loader.decode.EncodedImage;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place for one picture with its captions, which a {@link Chunk} fills and which is used again
 * for the next one: texts are copied into the row's own bytes, the picture is a view, and reading
 * allocates nothing. Strings are made when they are asked for. Not thread-safe.
 */
public final class Row {
  private enum Part {
    ID,
    SOURCE,
    CAPTION,
    LABEL,
    VALUE
  }

  private final EncodedImage image = new EncodedImage();
  private final double[] box = new double[4];

  // Texts one after the other; text k is of kind[k] and ends at end[k].
  private byte[] text = new byte[512];
  private int[] end = new int[16];
  private Part[] kind = new Part[16];
  private double[] weight = new double[16];
  private int parts;
  private int captions;

  private String file = "";
  private long number;
  private boolean hasBox;
  private @Nullable String badBox;

  /** Forgets everything. */
  public void clear() {
    image.clear();
    parts = 0;
    captions = 0;
    file = "";
    number = 0;
    hasBox = false;
    badBox = null;
  }

  /** What {@link #id} and {@link #source} are if nothing better is known: {@code file#number}. */
  public void place(String newFile, long newNumber) {
    file = newFile;
    number = newNumber;
  }

  /** Unique within the dataset. */
  public void id(String id) {
    add(Part.ID, id);
  }

  /** {@link #id(String)} as UTF-8. */
  public void id(MemorySegment from, long offset, int length) {
    add(Part.ID, from, offset, length);
  }

  /** Where the row came from: file and place in it, or the original address. */
  public void source(String source) {
    add(Part.SOURCE, source);
  }

  /** {@link #source(String)} as UTF-8. */
  public void source(MemorySegment from, long offset, int length) {
    add(Part.SOURCE, from, offset, length);
  }

  /** One caption more, unless it is blank; captions are drawn in proportion to their weights. */
  public void caption(String caption, double itsWeight) {
    add(Part.CAPTION, caption);
    keepCaption(itsWeight);
  }

  /** {@link #caption(String, double)} as UTF-8. */
  public void caption(MemorySegment from, long offset, int length, double itsWeight) {
    add(Part.CAPTION, from, offset, length);
    keepCaption(itsWeight);
  }

  /** Divides a weight evenly among the captions from {@code first} on. */
  public void shareWeight(int first, double total) {
    int shared = captions - first;
    int seen = 0;
    for (int k = 0; k < parts; k++) {
      if (kind[k] == Part.CAPTION && seen++ >= first) {
        weight[k] = total / shared;
      }
    }
  }

  /** An attribute by name. */
  public void label(String name, String value) {
    add(Part.LABEL, name);
    add(Part.VALUE, value);
  }

  /** {@link #label(String, String)} as UTF-8. */
  public void label(
      MemorySegment from, long offset, int length, MemorySegment value, long start, int size) {
    add(Part.LABEL, from, offset, length);
    add(Part.VALUE, value, start, size);
  }

  /** Face box: left, top, right, bottom in pixels. */
  public void box(double x1, double y1, double x2, double y2) {
    hasBox = true;
    box[0] = x1;
    box[1] = y1;
    box[2] = x2;
    box[3] = y2;
  }

  /** Something stands where the box should be; {@link #check} will refuse the row. */
  public void badBox(String whatItWas) {
    badBox = whatItWas;
  }

  /** The encoded picture (JPEG, PNG, WebP ...); the source aims it. */
  public EncodedImage image() {
    return image;
  }

  /**
   * Whether the row can be used.
   *
   * @throws BadSampleException NO_CAPTION, MISSING, CORRUPT or BAD_BOX
   */
  public void check() throws BadSampleException {
    if (captions == 0) {
      throw new BadSampleException(Reason.NO_CAPTION, id() + " has no caption that is not blank");
    }
    if (!image.isSet()) {
      throw new BadSampleException(Reason.MISSING, id() + " has no image");
    }
    if (image.length() == 0) {
      throw new BadSampleException(Reason.CORRUPT, "the image of " + id() + " is empty (0 bytes)");
    }
    if (badBox != null || (hasBox && !isFinite())) {
      throw new BadSampleException(
          Reason.BAD_BOX,
          "box %s of %s is not four numbers [x1, y1, x2, y2]"
              .formatted(badBox != null ? badBox : Arrays.toString(box), id()));
    }
  }

  /** Unique within the dataset. */
  public String id() {
    return first(Part.ID);
  }

  /** Where the row came from. */
  public String source() {
    return first(Part.SOURCE);
  }

  /** Number of captions, none of them blank. */
  public int captionCount() {
    return captions;
  }

  /** Caption {@code i}. */
  public String caption(int i) {
    return string(captionPart(i));
  }

  /** How often caption {@code i} is drawn, relative to the others. */
  public double weight(int i) {
    return weight[captionPart(i)];
  }

  /** All captions. */
  public List<String> captions() {
    List<String> all = new ArrayList<>(captions);
    for (int i = 0; i < captions; i++) {
      all.add(caption(i));
    }
    return all;
  }

  /** Attributes by name. */
  public Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    for (int k = 0; k + 1 < parts; k++) {
      if (kind[k] == Part.LABEL) {
        labels.put(string(k), string(k + 1));
      }
    }
    return labels;
  }

  /** Left, top, right, bottom in pixels; valid until the row is filled again. */
  public double @Nullable [] box() {
    return hasBox ? box : null;
  }

  /** The box as a record. */
  public @Nullable Box faceBox() {
    return hasBox ? new Box(box[0], box[1], box[2], box[3]) : null;
  }

  /** Draws a caption by weight. */
  int draw(SampleRandom random) {
    double total = 0;
    for (int i = 0; i < captions; i++) {
      total += weight(i);
    }
    double left = random.nextDouble() * total;
    for (int i = 0; i < captions; i++) {
      left -= weight(i);
      if (left < 0) {
        return i;
      }
    }
    return captions - 1; // rounding
  }

  /** {@link Batch#captionId} of caption {@code i}, without making a string of it. */
  long captionId(int i) {
    int k = captionPart(i);
    return CaptionId.of(text, start(k), end[k]);
  }

  /** The bytes of caption {@code i}, in UTF-8, lie in {@link #text} from here ... */
  int captionStart(int i) {
    return start(captionPart(i));
  }

  /** ... to here. */
  int captionEnd(int i) {
    return end[captionPart(i)];
  }

  /** All texts of this row; more than that, from earlier rows, may follow. */
  byte[] text() {
    return text;
  }

  private boolean isFinite() {
    return Double.isFinite(box[0])
        && Double.isFinite(box[1])
        && Double.isFinite(box[2])
        && Double.isFinite(box[3]);
  }

  private void add(Part part, String string) {
    byte[] bytes = string.getBytes(StandardCharsets.UTF_8);
    int at = grow(part, bytes.length);
    System.arraycopy(bytes, 0, text, at, bytes.length);
  }

  private void add(Part part, MemorySegment from, long offset, int length) {
    int at = grow(part, length);
    MemorySegment.copy(from, ValueLayout.JAVA_BYTE, offset, text, at, length);
  }

  /** Room for one part more; where its bytes go. */
  private int grow(Part part, int length) {
    if (parts == end.length) {
      end = Arrays.copyOf(end, 2 * parts);
      kind = Arrays.copyOf(kind, 2 * parts);
      weight = Arrays.copyOf(weight, 2 * parts);
    }
    int at = start(parts);
    if (text.length - at < length) {
      text = Arrays.copyOf(text, Math.addExact(2 * at, length));
    }
    kind[parts] = part;
    end[parts] = at + length;
    parts++;
    return at;
  }

  private void keepCaption(double itsWeight) {
    int last = parts - 1;
    if (isBlank(start(last), end[last])) {
      parts = last;
    } else {
      weight[last] = itsWeight;
      captions++;
    }
  }

  /** Nearly every caption begins with a letter; only blank ones are looked at twice. */
  private boolean isBlank(int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] > ' ') {
        return false;
      }
    }
    return new String(text, from, to - from, StandardCharsets.UTF_8).isBlank();
  }

  private String first(Part wanted) {
    for (int k = 0; k < parts; k++) {
      if (kind[k] == wanted) {
        return string(k);
      }
    }
    return file + "#" + number;
  }

  private int captionPart(int i) {
    int seen = 0;
    for (int k = 0; k < parts; k++) {
      if (kind[k] == Part.CAPTION && seen++ == i) {
        return k;
      }
    }
    throw new IndexOutOfBoundsException("caption " + i + " of " + captions);
  }

  private int start(int part) {
    return part == 0 ? 0 : end[part - 1];
  }

  private String string(int part) {
    return new String(text, start(part), end[part] - start(part), StandardCharsets.UTF_8);
  }
}
