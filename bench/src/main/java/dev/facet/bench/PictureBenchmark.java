package dev.facet.bench;

import dev.facet.augment.Augmentation;
import dev.facet.augment.Augmenter;
import dev.facet.augment.Brightness;
import dev.facet.augment.Contrast;
import dev.facet.augment.FaceBox;
import dev.facet.augment.Flip;
import dev.facet.augment.FlipCaptions;
import dev.facet.augment.Grey;
import dev.facet.augment.Hue;
import dev.facet.augment.Pixels;
import dev.facet.augment.RandomResizedCrop;
import dev.facet.augment.SampleRandom;
import dev.facet.augment.Saturation;
import dev.facet.base.Interval;
import dev.facet.loader.BadSampleException;
import dev.facet.loader.ImageSettings;
import dev.facet.loader.decode.DecodeSettings;
import dev.facet.loader.decode.EncodedImage;
import dev.facet.loader.decode.ImageHeader;
import dev.facet.loader.decode.PictureDecoder;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One thread's way from JPEG bytes to a 224-pixel square, and decoding alone. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class PictureBenchmark {
  private static final int SIZE = 224;
  private static final Augmentation TRAINING =
      Augmentation.training(
          List.of(
              new FaceBox(0),
              new RandomResizedCrop(new Interval(0.9, 1), new Interval(0.75, 1.333)),
              new Flip(0.5, FlipCaptions.KEEP),
              new Brightness(0.2),
              new Contrast(0.2),
              new Saturation(0.2),
              new Hue(0.05),
              new Grey(0.1)));

  /** Side of the JPEG in pixels. */
  @Param({"250", "512", "1800"})
  int side;

  private final EncodedImage jpeg = new EncodedImage();
  private final ByteBuffer target = ByteBuffer.allocateDirect(3 * SIZE * SIZE);
  private final long address = MemorySegment.ofBuffer(target).address();
  private final SampleRandom random = new SampleRandom();
  private final float[] matrix = new float[12];
  private final PictureDecoder decoder = new PictureDecoder(DecodeSettings.DEFAULT);
  private final Augmenter training = augmenter(TRAINING);
  private final Augmenter evaluation = augmenter(Augmentation.evaluation(0));
  private long row;

  private static Augmenter augmenter(Augmentation settings) {
    return new Augmenter(settings, SIZE, ImageSettings.CLIP_MEAN, ImageSettings.CLIP_STD);
  }

  @Setup
  public void draw() throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    Random colours = new Random(1);
    for (int i = 0; i < 80; i++) {
      int x = colours.nextInt(side);
      int y = colours.nextInt(side);
      Color from = new Color(colours.nextInt(1 << 24));
      g.setPaint(new GradientPaint(x, y, from, y, x, new Color(colours.nextInt(1 << 24))));
      g.fillOval(x - side / 8, y - side / 8, side / 4, side / 5);
    }
    g.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", bytes);
    ByteBuffer memory = ByteBuffer.allocateDirect(bytes.size()).put(bytes.toByteArray()).flip();
    jpeg.at(MemorySegment.ofBuffer(memory), 0, bytes.size());
  }

  @TearDown
  public void free() {
    decoder.close();
    training.close();
    evaluation.close();
  }

  /** Full size, pixels only. */
  @Benchmark
  public Pixels decode() throws BadSampleException {
    return decoder.decode(jpeg, decoder.inspect(jpeg), 1);
  }

  /** Reduced decoding, bilinear crop, flip, colour matrix. */
  @Benchmark
  public float trainingSample() throws BadSampleException {
    return sample(training);
  }

  /** Full decoding, antialiased bicubic. */
  @Benchmark
  public float evaluationSample() throws BadSampleException {
    return sample(evaluation);
  }

  private float sample(Augmenter augmenter) throws BadSampleException {
    random.reset(1, 0, row++);
    ImageHeader header = decoder.inspect(jpeg);
    augmenter.aim(header.shownWidth(), header.shownHeight(), null, true, random);
    Pixels pixels = decoder.decode(jpeg, header, augmenter.reduction());
    augmenter.render(pixels, header.orientation(), random, address);
    augmenter.colour(address, random, matrix);
    return matrix[0];
  }
}
