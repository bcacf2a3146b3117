package dev.facet.loader;

import dev.facet.augment.canvas.FloatPlanes;
import dev.facet.base.SampleRandom;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.Row;
import dev.facet.loader.picture.ImageSettings;
import dev.facet.loader.picture.MadePicture;
import dev.facet.loader.picture.PictureInput;
import dev.facet.loader.picture.PictureMaker;
import dev.facet.loader.picture.PixelType;
import dev.facet.loader.picture.VectorMaker;
import dev.facet.loader.picture.VectorSettings;
import dev.facet.loader.stats.StageClock;

/** Puts what a model sees of a picture into its place. One per thread. */
sealed interface PictureFiller extends AutoCloseable {
  /**
   * Fills place {@code i} of a slot.
   *
   * @param random the sample's generator, at its beginning
   * @return the caption that was drawn
   */
  String fill(Row row, SampleRandom random, Slot slot, int i) throws BadSampleException;

  @Override
  default void close() {}

  /**
   * For one kind of picture.
   *
   * @param clock runs on from reading the row
   */
  static PictureFiller of(PictureInput input, StageClock clock) {
    return switch (input) {
      case ImageSettings images when images.pixels() == PixelType.FLOAT32 ->
          new Planes(new PictureMaker(images, clock), new FloatPlanes(images.size()));
      case ImageSettings images -> new Bytes(new PictureMaker(images, clock));
      case VectorSettings vectors -> new Vectors(new VectorMaker(vectors));
    };
  }

  /** Pixels as uint8, their colour still to come. */
  record Bytes(PictureMaker pictures) implements PictureFiller {
    @Override
    public String fill(Row row, SampleRandom random, Slot slot, int i) throws BadSampleException {
      return place(pictures.make(row, random, slot.imageAddress(i)), slot, i);
    }

    @Override
    public void close() {
      pictures.close();
    }
  }

  /** Normalised pixels as float32, channel after channel. */
  record Planes(PictureMaker pictures, FloatPlanes planes) implements PictureFiller {
    @Override
    public String fill(Row row, SampleRandom random, Slot slot, int i) throws BadSampleException {
      MadePicture made = pictures.make(row, random);
      planes.write(made.address(), made.colour(), slot.imageAddress(i));
      return place(made, slot, i);
    }

    @Override
    public void close() {
      pictures.close();
      planes.close();
    }
  }

  /** Stored vectors as float32. */
  record Vectors(VectorMaker vectors) implements PictureFiller {
    @Override
    public String fill(Row row, SampleRandom random, Slot slot, int i) throws BadSampleException {
      int caption = row.draw(random);
      slot.setPictureId(i, vectors.write(row, slot.imageAddress(i)));
      return row.caption(caption);
    }
  }

  private static String place(MadePicture made, Slot slot, int i) {
    slot.setColour(i, made.colour());
    slot.setPictureId(i, made.id());
    return made.caption();
  }
}
