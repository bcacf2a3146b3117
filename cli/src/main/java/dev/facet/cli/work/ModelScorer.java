package dev.facet.cli.work;

import dev.facet.base.SampleRandom;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.data.Row;
import dev.facet.loader.decode.DecodeSettings;
import dev.facet.loader.picture.BoxSpace;
import dev.facet.loader.picture.ImageSettings;
import dev.facet.loader.picture.MadePicture;
import dev.facet.loader.picture.PictureMaker;
import dev.facet.loader.picture.PixelType;
import dev.facet.model.Architecture;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.checkpoint.ModelDirectory;
import dev.facet.model.ops.Precision;
import dev.facet.model.pictures.Preprocessing;
import dev.facet.model.text.CaptionTokenizer;
import dev.facet.model.text.TokenizerFiles;
import dev.facet.prepare.PrepareSettings;
import dev.facet.prepare.filter.CaptionScorer;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says how well captions fit under a checkpoint, which sees each picture as a whole. */
final class ModelScorer implements CaptionScorer, AutoCloseable {
  private static final int BATCH = 64;
  private static final int COLOUR = 12;

  private final DualEncoder model;
  private final CaptionTokenizer tokenizer;
  private final PictureMaker pictures;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment images;
  private final MemorySegment colours;
  private final ByteBuffer tokens;
  private final int pictureBytes;
  private final SampleRandom random = new SampleRandom();

  private ModelScorer(DualEncoder model, CaptionTokenizer tokenizer, ImageSettings settings) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.pictures = new PictureMaker(settings);
    this.pictureBytes = 3 * settings.size() * settings.size();
    this.images = arena.allocate((long) BATCH * pictureBytes, 64);
    this.colours = arena.allocate((long) BATCH * COLOUR * Float.BYTES, 64);
    this.tokens =
        ByteBuffer.allocateDirect(BATCH * tokenizer.contextLength() * Long.BYTES)
            .order(ByteOrder.nativeOrder());
  }

  /** That of a filter; null where captions need not be similar. */
  static @Nullable ModelScorer of(PrepareSettings settings) throws IOException {
    Path checkpoint = settings.filter().checkpoint();
    return settings.filter().asksModel() && checkpoint != null
        ? open(checkpoint, settings.decode())
        : null;
  }

  /**
   * Opens a model with its tokenizer.
   *
   * @param decoding of the pictures
   * @throws dev.facet.base.FacetException if something of it is not there or does not fit together
   */
  static ModelScorer open(Path folder, DecodeSettings decoding) throws IOException {
    Architecture sizes = ModelDirectory.config(folder);
    TokenizerFiles files = TokenizerFiles.open(folder);
    Preprocessing wanted = Preprocessing.of(folder, sizes.usualPictures());
    ImageSettings settings =
        new ImageSettings(
            wanted.imageSize(),
            Loading.whole(wanted),
            wanted.mean(),
            wanted.std(),
            decoding,
            BoxSpace.DISPLAYED,
            PixelType.UINT8);
    CaptionTokenizer tokenizer =
        CaptionTokenizer.open(files, sizes.contextLength(), sizes.captionCleanup(files));
    try {
      Models.requireTokens(tokenizer, sizes, folder);
      ModelOptions options = ModelOptions.plain(DeviceChoice.AUTO, Precision.FLOAT32);
      return new ModelScorer(ModelDirectory.open(folder, options), tokenizer, settings);
    } catch (IOException | RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  @Override
  public int batch() {
    return BATCH;
  }

  @Override
  public double[] score(List<byte[]> encoded, List<String> captions) {
    int[] places = new int[encoded.size()];
    int made = 0;
    for (int i = 0; i < places.length; i++) {
      boolean again = i > 0 && Arrays.equals(encoded.get(i), encoded.get(i - 1));
      places[i] = again ? places[i - 1] : make(encoded.get(i), made) ? made++ : -1;
    }
    double[] scores = new double[places.length];
    float[] ofPictures =
        made == 0
            ? new float[0]
            : model.embedImages(bytes(images, made * pictureBytes), colours(made), made);
    float[] ofCaptions = embed(captions);
    int width = model.config().embedDim();
    for (int i = 0; i < scores.length; i++) {
      for (int j = 0; j < width && places[i] >= 0; j++) {
        scores[i] += (double) ofPictures[places[i] * width + j] * ofCaptions[i * width + j];
      }
      scores[i] = places[i] < 0 ? Double.NaN : scores[i];
    }
    return scores;
  }

  /** Puts a picture into its place; returns false if nobody can see it. */
  private boolean make(byte[] encoded, int place) {
    Row row = new Row();
    EncodedImage image = EncodedImage.of(encoded);
    row.image().at(image.memory(), image.offset(), image.length());
    row.caption("", 1);
    try {
      MadePicture made = pictures.make(row, random, images.address() + (long) place * pictureBytes);
      MemorySegment.copy(
          made.colour(),
          0,
          colours,
          ValueLayout.JAVA_FLOAT,
          (long) place * COLOUR * Float.BYTES,
          COLOUR);
      return true;
    } catch (BadSampleException e) {
      return false;
    }
  }

  private float[] embed(List<String> captions) {
    tokens.clear();
    tokenizer.encode(captions, tokens.asLongBuffer());
    ByteBuffer filled =
        tokens
            .slice(0, captions.size() * tokenizer.contextLength() * Long.BYTES)
            .order(ByteOrder.nativeOrder());
    return model.embedTexts(filled, captions.size());
  }

  private ByteBuffer colours(int count) {
    return bytes(colours, count * COLOUR * Float.BYTES);
  }

  private static ByteBuffer bytes(MemorySegment memory, int length) {
    return memory.asSlice(0, length).asByteBuffer().order(ByteOrder.nativeOrder());
  }

  @Override
  public void close() {
    pictures.close();
    arena.close();
    model.close();
    tokenizer.close();
  }
}
