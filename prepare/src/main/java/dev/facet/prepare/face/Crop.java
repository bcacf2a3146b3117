package dev.facet.prepare.face;

import dev.facet.augment.geometry.Box;
import dev.facet.augment.memory.Pixels;
import org.jspecify.annotations.Nullable;

/** One picture that was cut out; valid until its cropper makes the next. */
public interface Crop {
  /** Its pixels, upright; perhaps shrunk where the stored bytes stay. */
  Pixels pixels();

  /** Of the displayed picture, in pixels. */
  int width();

  /** Of the displayed picture, in pixels. */
  int height();

  /** The face in it, if one is known. */
  @Nullable Box box();

  /** Its bytes: the stored ones where nothing was changed, else encoded now. */
  byte[] encoded();
}
