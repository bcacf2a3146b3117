package dev.facet.loader.picture;

import dev.facet.augment.Augmenter;
import dev.facet.augment.StoredPicture;
import dev.facet.augment.Variation;
import dev.facet.augment.geometry.Box;
import dev.facet.augment.geometry.Orientation;
import dev.facet.augment.memory.Pixels;
import dev.facet.augment.operation.MirroredCaptions;
import dev.facet.base.FacetException;
import dev.facet.base.SampleRandom;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.data.PictureId;
import dev.facet.loader.data.Row;
import dev.facet.loader.decode.PictureDecoder;
import dev.facet.loader.header.ImageHeader;
import dev.facet.loader.stats.Stage;
import dev.facet.loader.stats.StageClock;
import java.lang.foreign.Arena;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The one way from a row to what a model sees of it: the caption is drawn, the header read, the box
 * turned upright, what is seen is chosen, decoded, resampled and varied. Training, evaluation,
 * thumbnails, {@code inspect} and benchmarks all go it. One per thread; owns that thread's native
 * memory.
 */
public final class PictureMaker implements AutoCloseable {
  private final boolean storedBoxes;
  private final boolean cutsToFaces;
  private final MirroredCaptions captions;
  private final StageClock clock;
  private final PictureDecoder decoder;
  private final Augmenter augmenter;
  private final Arena arena = Arena.ofConfined();
  private final long memory;
  private final Stored stored = new Stored();
  private final double[] box = new double[4];
  private final MadePicture made;

  /** For one kind of picture. */
  public PictureMaker(ImageSettings images) {
    this(images, new StageClock());
  }

  /**
   * For one kind of picture.
   *
   * @param clock runs on from reading the row; decoding ends a stage
   */
  public PictureMaker(ImageSettings images, StageClock clock) {
    this.storedBoxes = images.boxSpace() == BoxSpace.STORED;
    this.cutsToFaces = images.augment().cutsToFaces();
    this.captions = images.augment().mirroredCaptions();
    this.clock = clock;
    this.decoder = new PictureDecoder(images.decode());
    this.augmenter = new Augmenter(images.augment(), images.size(), images.mean(), images.std());
    this.memory = arena.allocate(3L * images.size() * images.size(), 64).address();
    this.made = new MadePicture(images);
  }

  /** As {@link #make(Row, SampleRandom, long)}, into memory of its own. */
  public MadePicture make(Row row, SampleRandom random) throws BadSampleException {
    return make(row, random, memory);
  }

  /**
   * Makes one picture.
   *
   * @param row is not changed
   * @param random the sample's generator, at its beginning
   * @param address where the size x size x 3 bytes go: red, green, blue
   * @return the same object every time, valid until the next call and as long as the row
   * @throws BadSampleException UNSUPPORTED, CORRUPT, TOO_LARGE or BAD_BOX
   */
  public MadePicture make(Row row, SampleRandom random, long address) throws BadSampleException {
    int caption = row.draw(random);
    // Asked only where the answer matters.
    boolean sided = captions != MirroredCaptions.KEEP && row.speaksOfSides(caption);
    boolean mayMirror = !(sided && captions == MirroredCaptions.SKIP);
    try {
      ImageHeader header = decoder.inspect(row.image());
      double[] shown = shownBox(row, header);
      stored.aim(row.image(), header, shown);
      Variation variation = augmenter.vary(stored, shown, mayMirror, random, address);
      if (variation == null) {
        throw badBox(header);
      }
      boolean swapped = sided && variation.mirrored();
      made.set(
          row,
          caption,
          swapped,
          header,
          shown,
          stored.id,
          variation.colour(),
          address,
          decoder.remark());
      return made;
    } catch (FacetException e) {
      throw e;
    } catch (RuntimeException e) {
      // One strange picture among millions, which no reader foresaw, must not end a run of days.
      throw new BadSampleException(Reason.CORRUPT, "the picture cannot be used: " + e);
    }
  }

  /** The row's box in the upright picture. */
  private double @Nullable [] shownBox(Row row, ImageHeader header) {
    double[] given = row.box();
    if (given == null) {
      return null;
    }
    System.arraycopy(given, 0, box, 0, box.length);
    if (storedBoxes) {
      header.orientation().show(box, header.shownWidth(), header.shownHeight());
    }
    return box;
  }

  private BadSampleException badBox(ImageHeader header) {
    return new BadSampleException(
        Reason.BAD_BOX,
        String.format(
            Locale.ROOT,
            "%s is empty or outside the picture of %dx%d pixels",
            new Box(box[0], box[1], box[2], box[3]),
            header.shownWidth(),
            header.shownHeight()));
  }

  @Override
  public void close() {
    decoder.close();
    augmenter.close();
    arena.close();
  }

  /** The picture at hand, as the augmenter asks for it. */
  private final class Stored implements StoredPicture<BadSampleException> {
    private EncodedImage image = new EncodedImage();
    private ImageHeader header = ImageHeader.NONE;
    private double @Nullable [] shown;
    private long id;

    void aim(EncodedImage newImage, ImageHeader newHeader, double @Nullable [] newShown) {
      image = newImage;
      header = newHeader;
      shown = newShown;
    }

    @Override
    public int shownWidth() {
      return header.shownWidth();
    }

    @Override
    public int shownHeight() {
      return header.shownHeight();
    }

    @Override
    public Orientation orientation() {
      return header.orientation();
    }

    /** Reads the bytes twice: once to know the picture again, once to decode it. */
    @Override
    public Pixels decode(int reduction, int[] wanted) throws BadSampleException {
      id = PictureId.of(image, cutsToFaces ? shown : null);
      Pixels pixels = decoder.decode(image, header, reduction, wanted);
      clock.lap(Stage.DECODE);
      return pixels;
    }
  }
}
