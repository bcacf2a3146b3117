package dev.facet.loader.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.facet.base.Rgb;
import dev.facet.loader.Pictures;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.EncodedImage;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What decoding and refusing cost the heap, and what bombs may not cost at all. */
class DecodeAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final PictureDecoder decoder = new PictureDecoder(DecodeSettings.DEFAULT);

  @AfterEach
  void close() {
    decoder.close();
  }

  private interface Step {
    void run() throws BadSampleException;
  }

  private static long allocated(int times, Step step) throws BadSampleException {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < times; i++) {
      step.run();
    }
    return (THREADS.getCurrentThreadAllocatedBytes() - before) / times;
  }

  private void decodes(byte[] file, int limit) throws BadSampleException {
    EncodedImage image = Pictures.view(Pictures.direct(file));
    Step step = () -> decoder.decode(image, decoder.inspect(image), 2);
    for (int i = 0; i < 10; i++) {
      allocated(2000, step); // until it is compiled
    }
    assertThat(allocated(3000, step)).isLessThan(limit);
  }

  @Test
  void decodingAJpegLeavesAsGoodAsNoGarbage() throws Exception {
    decodes(Pictures.jpeg(Pictures.busy(48, 40, 1)), 250);
  }

  @Test
  void anUprightExifTagCostsNothingMore() throws Exception {
    decodes(Pictures.withOrientation(Pictures.jpeg(Pictures.busy(48, 40, 1)), 1), 250);
  }

  @Test
  void decodingAPngWithAlphaLeavesAsGoodAsNoGarbage() throws Exception {
    BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_INT_ARGB);
    decodes(Pictures.encode(image, "png"), 250);
  }

  private void refusesCheaply(byte[] bomb, Reason reason, String message) throws Exception {
    EncodedImage image = Pictures.view(Pictures.direct(bomb));
    assertThatThrownBy(() -> decoder.inspect(image))
        .isInstanceOfSatisfying(
            BadSampleException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(message);
    long before = Pointer.physicalBytes();
    long heap =
        allocated(
            1,
            () -> {
              try {
                decoder.inspect(image);
              } catch (BadSampleException e) {
                return;
              }
            });
    assertThat(heap).isLessThan(1 << 20);
    assertThat(Pointer.physicalBytes() - before).isLessThan(8 << 20); // pages, in steps
  }

  @Test
  void aPictureOfTooManyPixelsCostsNothing() throws Exception {
    byte[] png = Pictures.encode(Pictures.flat(10, 10, Color.RED), "png");
    ByteBuffer.wrap(png).putInt(16, 19_000).putInt(20, 19_000);
    refusesCheaply(png, Reason.TOO_LARGE, "19000x19000 pixels, more than the limit");
  }

  @Test
  void aGifWhoseFrameIsFarLargerThanItsScreenCostsNothing() throws Exception {
    byte[] gif = Pictures.encode(Pictures.flat(32, 32, Color.RED), "gif");
    int frame = 0;
    while (gif[frame] != 0x2c || gif[frame + 5] != 32) {
      frame++;
    }
    Arrays.fill(gif, frame + 5, frame + 9, (byte) 0xff);
    refusesCheaply(gif, Reason.TOO_LARGE, "65535x65535 pixels");
  }

  @Test
  void aFileOfTooManyBytesIsNotLookedAt() {
    DecodeSettings small = new DecodeSettings(1000, 100, false, Rgb.of(0), false);
    byte[] jpeg = Pictures.jpeg(Pictures.flat(10, 10, Color.RED));
    try (PictureDecoder strict = new PictureDecoder(small)) {
      assertThatThrownBy(() -> strict.inspect(EncodedImage.of(jpeg)))
          .hasMessage(jpeg.length + " bytes, more than the limit of 100");
    }
  }

  @Test
  void aProgressiveJpegOfEndlessScansIsRefused() throws Exception {
    byte[] start = {
      (byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xc2, 0, 11, 8, 16, 0, 16, 0, 1, 1, 0x11, 0
    };
    byte[] scan = {(byte) 0xff, (byte) 0xda, 0, 8, 1, 1, 0, 0, 0, 0};
    ByteBuffer jpeg = ByteBuffer.allocate(start.length + 501 * scan.length + 2).put(start);
    for (int i = 0; i < 501; i++) {
      jpeg.put(scan);
    }
    jpeg.putShort((short) 0xffd9);
    refusesCheaply(jpeg.array(), Reason.TOO_LARGE, "more than 500 scans");
  }

  @Test
  void aJpegWhoseComponentsComeInEndlessScansIsRefused() throws Exception {
    byte[] start = {
      (byte) 0xff,
      (byte) 0xd8,
      (byte) 0xff,
      (byte) 0xc0,
      0,
      17,
      8,
      16,
      0,
      16,
      0,
      3,
      1,
      0x11,
      0,
      2,
      0x11,
      0,
      3,
      0x11,
      0
    };
    byte[] scan = {(byte) 0xff, (byte) 0xda, 0, 8, 1, 1, 0, 0, 63, 0};
    ByteBuffer jpeg = ByteBuffer.allocate(start.length + 501 * scan.length + 2).put(start);
    for (int i = 0; i < 501; i++) {
      jpeg.put(scan);
    }
    jpeg.putShort((short) 0xffd9);
    refusesCheaply(jpeg.array(), Reason.TOO_LARGE, "more than 500 scans");
  }

  @Test
  void aJpegThatEndsBeforeItsFirstScanIsCorruptWhateverFollows() {
    byte[] jpeg = {
      (byte) 0xff,
      (byte) 0xd8,
      (byte) 0xff,
      (byte) 0xc0,
      0,
      11,
      8,
      0,
      16,
      0,
      16,
      1,
      1,
      0x11,
      0,
      (byte) 0xff,
      (byte) 0xd9,
      0
    };
    try (PictureDecoder decoder = new PictureDecoder(DecodeSettings.DEFAULT)) {
      assertThatThrownBy(() -> decoder.inspect(EncodedImage.of(jpeg)))
          .isInstanceOf(BadSampleException.class)
          .hasMessage("JPEG without a scan");
    }
  }

  @Test
  void compressedTextIsNeverUnpacked() throws Exception {
    byte[] png = Pictures.encode(Pictures.flat(10, 10, Color.RED), "png");
    byte[] bomb = withText(png, 40 << 20);
    EncodedImage image = Pictures.view(Pictures.direct(bomb));
    decoder.decode(image, decoder.inspect(image), 1);
    long before = Pointer.physicalBytes();
    assertThat(allocated(20, () -> decoder.decode(image, decoder.inspect(image), 1)))
        .isLessThan(1 << 20);
    assertThat(Pointer.physicalBytes() - before).isLessThan(8 << 20);
  }

  /** Puts a zTXt chunk that unpacks to so many zeros behind the header chunk. */
  private static byte[] withText(byte[] png, int size) {
    Deflater deflater = new Deflater(9);
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    chunk.writeBytes("zTXtbomb\0\0".getBytes(StandardCharsets.ISO_8859_1));
    deflater.setInput(new byte[size]);
    deflater.finish();
    byte[] part = new byte[1 << 16];
    for (int n = deflater.deflate(part); n > 0; n = deflater.deflate(part)) {
      chunk.write(part, 0, n);
    }
    deflater.end();
    CRC32 sum = new CRC32();
    sum.update(chunk.toByteArray());
    return ByteBuffer.allocate(png.length + chunk.size() + 8)
        .put(png, 0, 33)
        .putInt(chunk.size() - 4)
        .put(chunk.toByteArray())
        .putInt((int) sum.getValue())
        .put(png, 33, png.length - 33)
        .array();
  }
}
