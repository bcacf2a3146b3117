package dev.facet.prepare.photo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.augment.geometry.Orientation;
import dev.facet.base.Rgb;
import dev.facet.loader.decode.DecodeSettings;
import dev.facet.loader.header.ImageFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PhotoReaderTest {
  private final PhotoReader reader =
      new PhotoReader(new DecodeSettings(4_000_000, 1 << 20, true, Rgb.of(0), false));

  @AfterEach
  void close() {
    reader.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif", "bmp"})
  void aPictureIsKnownByItsContent(String format) throws Exception {
    byte[] bytes = Drawn.encoded(Drawn.picture(1, 320, 200), format);
    Photo photo = photo(bytes);
    assertThat(photo.header())
        .isEqualTo(
            new PhotoHeader(
                ImageFormat.valueOf(format.toUpperCase(Locale.ROOT)),
                320,
                200,
                Orientation.UPRIGHT));
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    assertThat(photo.sha256()).isEqualTo(digest);
    assertThat(photo.digest()).isEqualTo(Long.parseUnsignedLong(digest.substring(0, 16), 16));
    assertThat(photo.pixels().width()).isEqualTo(320);
  }

  @Test
  void whatIsNoPictureIsToldByItsKind() {
    assertThat(reason(new byte[0])).isEqualTo("empty_body");
    assertThat(reason(bytes("\n <!DOCTYPE html><html></html>"))).isEqualTo("not_an_image");
    assertThat(reason(bytes("Not found"))).isEqualTo("not_an_image");
    assertThat(reason(bytes("%PDF-1.7 ............"))).isEqualTo("not_an_image");
    assertThat(reason(bytes("\0\0\0\34ftypavif\0\0\0\0avifmif1"))).isEqualTo("unsupported_avif");
    assertThat(reason(bytes("\0\0\0\30ftypheic\0\0\0\0mif1heic"))).isEqualTo("unsupported_heif");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif", "bmp"})
  void halfAPictureIsTruncated(String format) throws IOException {
    byte[] bytes = Drawn.encoded(Drawn.picture(2, 320, 200), format);
    assertThat(reason(Arrays.copyOf(bytes, bytes.length / 2))).isEqualTo("truncated");
  }

  @Test
  void dataThatWereMadeUpAreDamage() throws IOException {
    byte[] bytes = Drawn.jpeg(Drawn.picture(3, 320, 200), 0.9f);
    // A marker where there is none ends the data too early; the end marker is there.
    bytes[bytes.length / 2] = (byte) 0xff;
    bytes[bytes.length / 2 + 1] = (byte) 0xd5;
    assertThat(reason(bytes)).isEqualTo("damaged");
  }

  @Test
  void aBombIsRefusedByItsHeader() {
    byte[] header =
        HexFormat.of()
            .parseHex("89504e470d0a1a0a0000000d494844520001000000010000080200000000000000");
    assertThat(reason(header)).isEqualTo("too_many_pixels");
  }

  @Test
  void aStripIsRefusedAsSuch() throws IOException {
    assertThat(reason(Drawn.encoded(Drawn.flat(0xff, 1, 300), "png"))).isEqualTo("extreme_aspect");
  }

  @Test
  void moreBytesThanTheLimitAreRefused() throws IOException {
    byte[] bytes = Drawn.encoded(Drawn.picture(4, 100, 100), "png");
    assertThat(reason(Arrays.copyOf(bytes, (1 << 20) + 1))).isEqualTo("too_large");
  }

  @Test
  void aJpegIsShrunkAsFarAsTheHashAllows() throws IOException {
    byte[] bytes = Drawn.jpeg(Drawn.picture(5, 1200, 900), 0.9f);
    assertThat(reader.read(bytes, header -> 4))
        .isInstanceOfSatisfying(
            Photo.class, photo -> assertThat(photo.pixels().width()).isEqualTo(300));
    assertThat(reader.read(bytes, header -> 8))
        .isInstanceOfSatisfying(
            Photo.class,
            photo -> {
              assertThat(photo.pixels().width()).isEqualTo(300);
              assertThat(photo.header().width()).isEqualTo(1200);
            });
  }

  @Test
  void aCopyKeepsItsHashNearly() throws IOException {
    for (int seed = 0; seed < 20; seed++) {
      var picture = Drawn.picture(seed, 640, 480);
      PerceptualHash hash = photo(Drawn.encoded(picture, "png")).hash();
      byte[] copy = Drawn.jpeg(Drawn.resized(picture, 320, 240), 0.6f);
      PerceptualHash near = photo(copy).hash();
      PerceptualHash other =
          photo(Drawn.encoded(Drawn.picture(seed + 100, 640, 480), "png")).hash();
      assertThat(Long.bitCount(hash.coarse() ^ near.coarse())).isLessThanOrEqualTo(6);
      assertThat(Long.bitCount(hash.fine() ^ near.fine())).isLessThanOrEqualTo(12);
      assertThat(Long.bitCount(hash.coarse() ^ other.coarse())).isGreaterThan(12);
    }
  }

  @Test
  void aPictureThatShowsNothingHasNoHash() throws IOException {
    assertThat(photo(Drawn.encoded(Drawn.flat(0xffffff, 300, 200), "png")).hash())
        .isEqualTo(PerceptualHash.NONE);
    assertThat(photo(Drawn.jpeg(Drawn.flat(0x7f3311, 300, 200), 0.3f)).hash())
        .isEqualTo(PerceptualHash.NONE);
  }

  @Test
  void theOrientationIsKeptAndThePixelsAreAsStored() throws IOException {
    Photo photo = photo(Drawn.turned(Drawn.jpeg(Drawn.picture(6, 320, 200), 0.9f), 6));
    assertThat(photo.header().orientation()).isEqualTo(Orientation.QUARTER_TURN_RIGHT);
    assertThat(photo.header().width()).isEqualTo(320);
    assertThat(photo.header().shownWidth()).isEqualTo(200);
    assertThat(photo.pixels().width()).isEqualTo(320);
  }

  private Photo photo(byte[] bytes) {
    return (Photo) reader.read(bytes, PhotoReader.FULL);
  }

  private String reason(byte[] bytes) {
    return ((Unreadable) reader.read(bytes, PhotoReader.FULL)).reason();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
