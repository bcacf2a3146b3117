package dev.facet.prepare.face;

import dev.facet.augment.memory.Pixels;
import dev.facet.loader.encode.PictureEncoder;
import dev.facet.prepare.photo.Photo;
import java.lang.foreign.ValueLayout;

/** One picture that was cut out; valid until its cropper makes the next, or its photo's end. */
public final class Crop {
  private final Photo photo;
  private final Cutting.Cut cut;
  private final Pixels pixels;
  private final PictureEncoder encoder;

  Crop(Photo photo, Cutting.Cut cut, Pixels pixels, PictureEncoder encoder) {
    this.photo = photo;
    this.cut = cut;
    this.pixels = pixels;
    this.encoder = encoder;
  }

  /** What was cut, with the size of the result and the place of the face in it. */
  public Cutting.Cut cut() {
    return cut;
  }

  /** Its pixels, upright; perhaps shrunk where the stored bytes stay. */
  public Pixels pixels() {
    return pixels;
  }

  /** Its bytes: the stored ones where nothing is changed, else encoded now. */
  public byte[] encoded() {
    if (!cut.keepsBytes(photo.header())) {
      return encoder.encode(pixels);
    }
    return photo
        .encoded()
        .memory()
        .asSlice(photo.encoded().offset(), photo.encoded().length())
        .toArray(ValueLayout.JAVA_BYTE);
  }
}
