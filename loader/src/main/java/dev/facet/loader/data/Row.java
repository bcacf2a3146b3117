package dev.facet.loader.data;

import dev.facet.augment.geometry.Box;
import dev.facet.base.SampleRandom;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.Texts.Part;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A place for one picture with its captions, which a {@link Chunk} fills and which is used again
 * for the next one: texts are copied into the row's own bytes, the picture is a view, and reading
 * allocates nothing. Strings are made when they are asked for. Not thread-safe.
 */
public final class Row {
  private final EncodedImage image = new EncodedImage();
  private final double[] box = new double[4];

  private final StoredVector vector = new StoredVector();
  private final Texts texts = new Texts();
  private final boolean lenient;
  private double[] weights = new double[4];
  private int captions;

  private String file = "";
  private long number;
  private boolean hasBox;
  private boolean hasVector;
  private @Nullable String badBox;
  private @Nullable String fault;
  private @Nullable String missingCaption;

  /** A row that is refused if it cannot be trained on. */
  public Row() {
    this(false);
  }

  private Row(boolean lenient) {
    this.lenient = lenient;
  }

  /** A row for those who judge captions and box themselves: only its picture has to be there. */
  public static Row lenient() {
    return new Row(true);
  }

  /** Forgets everything. */
  public void clear() {
    image.clear();
    texts.clear();
    captions = 0;
    file = "";
    number = 0;
    hasBox = false;
    hasVector = false;
    vector.clear();
    badBox = null;
    fault = null;
    missingCaption = null;
  }

  /** What {@link #id} and {@link #source} are if nothing better is known: {@code file#number}. */
  public void place(String newFile, long newNumber) {
    file = newFile;
    number = newNumber;
  }

  /** Unique within the dataset. */
  public void id(String id) {
    texts.add(Part.ID, id);
  }

  /** {@link #id(String)} as UTF-8. */
  public void id(MemorySegment from, long offset, int length) {
    texts.add(Part.ID, from, offset, length);
  }

  /** Where the row came from: file and place in it, or the original address. */
  public void source(String source) {
    texts.add(Part.SOURCE, source);
  }

  /** {@link #source(String)} as UTF-8. */
  public void source(MemorySegment from, long offset, int length) {
    texts.add(Part.SOURCE, from, offset, length);
  }

  /**
   * One caption more, unless it is blank or {@linkplain MissingText stands for none}; captions are
   * drawn in proportion to their weights.
   */
  public void caption(String caption, double itsWeight) {
    texts.add(Part.CAPTION, caption);
    keepCaption(itsWeight);
  }

  /** {@link #caption(String, double)} as UTF-8. */
  public void caption(MemorySegment from, long offset, int length, double itsWeight) {
    texts.add(Part.CAPTION, from, offset, length);
    keepCaption(itsWeight);
  }

  /** Divides a weight evenly among the captions from {@code first} on. */
  public void shareWeight(int first, double total) {
    Arrays.fill(weights, first, captions, total / (captions - first));
  }

  /** An attribute by name. */
  public void label(String name, String value) {
    texts.add(Part.LABEL, name);
    texts.add(Part.VALUE, value);
  }

  /** {@link #label(String, String)} as UTF-8. */
  public void label(
      MemorySegment from, long offset, int length, MemorySegment value, long start, int size) {
    texts.add(Part.LABEL, from, offset, length);
    texts.add(Part.VALUE, value, start, size);
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

  /** What stands in the row's place is none; {@link #check} will refuse it with this message. */
  public void malformed(String why) {
    fault = why;
  }

  /** Whether anybody wants its picture: it does not matter, if there is one, without a caption. */
  public boolean wantsImage() {
    return lenient || captions > 0;
  }

  /** What stands where the box should be; null if nothing wrong does. */
  public @Nullable String malformedBox() {
    return badBox;
  }

  /** The encoded picture (JPEG, PNG, WebP ...); the source aims it. */
  public EncodedImage image() {
    return image;
  }

  /** Bytes of the picture, or of the vector in its place. */
  public long pictureBytes() {
    return hasVector ? (long) Float.BYTES * vector.count() : image.length();
  }

  /** A vector stands in the picture's place; the source fills it. */
  public StoredVector placeVector() {
    hasVector = true;
    return vector;
  }

  /** The vector in the picture's place. */
  public StoredVector vector() {
    return vector;
  }

  /**
   * Whether the row can be used.
   *
   * @throws BadSampleException MALFORMED, NO_CAPTION, NO_IMAGE, EMPTY, BAD_VECTOR or BAD_BOX
   */
  public void check() throws BadSampleException {
    if (fault != null) {
      throw new BadSampleException(Reason.MALFORMED, fault);
    }
    if (captions == 0 && !lenient) {
      throw new BadSampleException(
          Reason.NO_CAPTION,
          missingCaption == null
              ? id() + " has no caption that is not blank"
              : "%s has no caption: '%s' stands for none".formatted(id(), missingCaption));
    }
    if (hasVector) {
      requireVector();
    } else {
      requireImage();
    }
    if (!lenient && (badBox != null || (hasBox && !isFinite()))) {
      throw new BadSampleException(
          Reason.BAD_BOX,
          "box %s of %s is not four numbers [x1, y1, x2, y2]"
              .formatted(badBox != null ? badBox : Arrays.toString(box), id()));
    }
  }

  private void requireVector() throws BadSampleException {
    if (vector.lacks() || vector.count() == 0) {
      throw new BadSampleException(
          Reason.BAD_VECTOR, id() + " has no vector, or numbers of it are missing");
    }
  }

  private void requireImage() throws BadSampleException {
    if (!image.isSet()) {
      throw new BadSampleException(Reason.NO_IMAGE, id() + " has no image");
    }
    if (image.length() == 0) {
      throw new BadSampleException(Reason.EMPTY, "the image of " + id() + " is empty (0 bytes)");
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

  /** The file that the row stands in. */
  public String file() {
    return file;
  }

  /** The row's place in {@link #file}. */
  public long number() {
    return number;
  }

  /** Number of captions, none of them blank. */
  public int captionCount() {
    return captions;
  }

  /** Caption {@code i}. */
  public String caption(int i) {
    return texts.string(find(i));
  }

  /** How often caption {@code i} is drawn, relative to the others. */
  public double weight(int i) {
    return weights[Objects.checkIndex(i, captions)];
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
    for (int k = 0; k + 1 < texts.count(); k++) {
      if (texts.is(k, Part.LABEL)) {
        labels.put(texts.string(k), texts.string(k + 1));
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

  /** Draws a caption by weight; this is the first that a sample's generator is used for. */
  public int draw(SampleRandom random) {
    double total = 0;
    for (int i = 0; i < captions; i++) {
      total += weights[i];
    }
    double left = random.nextDouble() * total;
    for (int i = 0; i < captions; i++) {
      left -= weights[i];
      if (left < 0) {
        return i;
      }
    }
    return captions - 1; // rounding
  }

  /** Caption {@code i} of the mirrored picture: left and right exchanged. */
  public String swappedCaption(int i) {
    return CaptionSides.swapped(caption(i));
  }

  /** Whether caption {@code i} speaks of left or right. */
  public boolean speaksOfSides(int i) {
    int k = find(i);
    return CaptionSides.speaksOfSides(texts.bytes(), texts.start(k), texts.end(k) - texts.start(k));
  }

  private boolean isFinite() {
    return Double.isFinite(box[0])
        && Double.isFinite(box[1])
        && Double.isFinite(box[2])
        && Double.isFinite(box[3]);
  }

  private void keepCaption(double itsWeight) {
    int last = texts.count() - 1;
    if (texts.isMissing(last)) {
      missingCaption = texts.string(last).strip();
      texts.dropLast();
      return;
    }
    if (texts.isBlank(last)) {
      texts.dropLast();
      return;
    }
    if (captions == weights.length) {
      weights = Arrays.copyOf(weights, 2 * captions);
    }
    weights[captions++] = itsWeight;
  }

  private String first(Part wanted) {
    int k = texts.find(wanted, 0);
    return k >= 0 ? texts.string(k) : file + "#" + number;
  }

  private int find(int caption) {
    return texts.find(Part.CAPTION, Objects.checkIndex(caption, captions));
  }
}
