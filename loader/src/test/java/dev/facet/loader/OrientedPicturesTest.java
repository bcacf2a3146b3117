package dev.facet.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.augment.Augmentation;
import dev.facet.augment.geometry.Box;
import dev.facet.loader.data.MemoryDataset;
import dev.facet.loader.picture.ImageSettings;
import dev.facet.loader.quarantine.Quarantine;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientedPicturesTest {
  private static final int WIDTH = 96;
  private static final int HEIGHT = 64;

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4", "5", "6", "7", "8"})
  void aTurnedPictureGivesWhatTheUprightOneGives(int tag) throws Exception {
    byte[] upright = Pictures.jpeg(Pictures.gradient(WIDTH, HEIGHT));
    byte[] turned =
        Pictures.withOrientation(Pictures.jpeg(stored(Pictures.gradient(WIDTH, HEIGHT), tag)), tag);
    Box box = new Box(50, 10, 80, 40);
    for (Augmentation augment :
        new Augmentation[] {
          Augmentation.evaluation(0.1), Setup.IMAGES.augment(), // one is antialiased, one shrinks
        }) {
      for (@Nullable Box each : new @Nullable Box[] {null, box}) {
        ByteBuffer expected = picture(upright, each, augment);
        ByteBuffer actual = picture(turned, each, augment);
        double difference = 0;
        for (int i = 0; i < expected.limit(); i++) {
          difference += Math.abs((expected.get(i) & 0xff) - (actual.get(i) & 0xff));
        }
        // Any wrong turn or mirror differs by 40 levels and more.
        assertThat(difference / expected.limit()).isLessThan(6);
      }
    }
  }

  private static ByteBuffer picture(byte[] jpeg, @Nullable Box box, Augmentation augment)
      throws InterruptedException {
    MemoryDataset dataset = new MemoryDataset(1);
    dataset.add(jpeg, box);
    ImageSettings images =
        new ImageSettings(16, augment, ImageSettings.CLIP_MEAN, ImageSettings.CLIP_STD);
    try (Loader loader =
            Loader.start(
                dataset,
                new Setup().settings(),
                images,
                Setup.TEXT,
                Quarantine.none(),
                Position.START);
        Batch batch = Objects.requireNonNull(loader.next())) {
      assertThat(batch.size()).isEqualTo(1);
      return Setup.Copy.of(batch).images();
    }
  }

  /** What a camera stores so that the tag turns it upright, pixel by pixel from the EXIF table. */
  private static BufferedImage stored(BufferedImage shown, int tag) {
    int w = shown.getWidth();
    int h = shown.getHeight();
    boolean swap = tag >= 5;
    BufferedImage stored =
        new BufferedImage(swap ? h : w, swap ? w : h, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        int right = w - 1 - x;
        int bottom = h - 1 - y;
        int pixel = shown.getRGB(x, y);
        switch (tag) {
          case 1 -> stored.setRGB(x, y, pixel);
          case 2 -> stored.setRGB(right, y, pixel);
          case 3 -> stored.setRGB(right, bottom, pixel);
          case 4 -> stored.setRGB(x, bottom, pixel);
          case 5 -> stored.setRGB(y, x, pixel);
          case 6 -> stored.setRGB(y, right, pixel);
          case 7 -> stored.setRGB(bottom, right, pixel);
          default -> stored.setRGB(bottom, x, pixel);
        }
      }
    }
    return stored;
  }
}
