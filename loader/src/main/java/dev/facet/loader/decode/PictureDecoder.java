package dev.facet.loader.decode;

import dev.facet.augment.memory.OpenCv;
import dev.facet.augment.memory.Pixels;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.header.ColourProfile;
import dev.facet.loader.header.Headers;
import dev.facet.loader.header.ImageFormat;
import dev.facet.loader.header.ImageHeader;
import dev.facet.loader.header.JpegHeader;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads pictures: first the header, then, once the caller knows which part it wants, the pixels.
 * One per thread.
 */
public final class PictureDecoder implements AutoCloseable {
  static {
    OpenCv.load();
  }

  /** Longer side by shorter side above which a picture shows nothing that could be learnt from. */
  private static final int MAX_RATIO = 200;

  /** Of libjpeg's warnings (jerror.h), those of data that are missing or wrong. */
  private static final List<String> GUESSES =
      List.of(
          "premature end of data segment",
          "bad Huffman code",
          "bad arithmetic code",
          "instead of RST",
          "Premature end of JPEG file");

  private final DecodeSettings settings;

  /** By format, in the order in which they are asked. */
  private final Map<ImageFormat, List<Decoder>> decoders = new EnumMap<>(ImageFormat.class);

  private final PixelBytes pixelBytes = new PixelBytes();
  private final ImageHeader inspected = new ImageHeader();
  private final ToSrgb toSrgb = new ToSrgb();
  private Decoder last;
  private @Nullable String remark;

  /** Takes native memory. */
  public PictureDecoder(DecodeSettings settings) {
    this.settings = settings;
    AlphaBackground background = new AlphaBackground(settings.background().packed());
    boolean lenient = settings.allowTruncated();
    Decoder fast = new OpenCvDecoder(background);
    Decoder thorough = new ImageIoDecoder(background, lenient);
    if (TurboJpeg.isPresent()) {
      Decoder regions = new TurboJpegDecoder(settings.maxPixels());
      decoders.put(ImageFormat.JPEG, List.of(regions, fast, thorough));
    } else {
      decoders.put(ImageFormat.JPEG, List.of(fast, thorough));
    }
    decoders.put(ImageFormat.PNG, List.of(fast, thorough));
    // ImageIO's reader can spin on damaged streams for minutes.
    decoders.put(ImageFormat.WEBP, List.of(fast));
    decoders.put(ImageFormat.GIF, List.of(new GifDecoder(background, lenient)));
    decoders.put(ImageFormat.BMP, List.of(new BmpDecoder(background, lenient)));
    decoders.put(ImageFormat.TIFF, List.of(new TiffDecoder(background, lenient)));
    last = fast;
  }

  /**
   * What decodes JPEGs first: "OpenCV 4.13.0", or, where this machine has it, "libturbojpeg 3.1,
   * region decode". The system property {@code facet.turbojpeg} turns the latter {@code off}, or
   * names the library's file.
   */
  public String library() {
    return inTurn(ImageFormat.JPEG).getFirst().library();
  }

  /** What decoded the last picture. */
  String lastLibrary() {
    return last.library();
  }

  /** What a library in C said of the last picture that was decoded; null if nothing. */
  public @Nullable String remark() {
    return remark;
  }

  /**
   * Whether part of the last picture was made up because its data are damaged, as far as its
   * library said so. libjpeg fills up what it cannot read, and warns once for each picture.
   */
  public boolean guessed() {
    String said = remark;
    return said != null && GUESSES.stream().anyMatch(said::contains);
  }

  /**
   * Reads a picture's header; no pixel memory is taken.
   *
   * @return the same object every time, valid until the next call
   * @throws BadSampleException UNSUPPORTED, CORRUPT or TOO_LARGE
   */
  public ImageHeader inspect(EncodedImage image) throws BadSampleException {
    checkBytes(image);
    Headers.read(image, inspected);
    checkPixels(inspected);
    return inspected;
  }

  void checkBytes(EncodedImage image) throws BadSampleException {
    if (image.length() > settings.maxBytes()) {
      throw new BadSampleException(
          Reason.TOO_LARGE,
          String.format(
              Locale.ROOT,
              "%d bytes, more than the limit of %d",
              image.length(),
              settings.maxBytes()));
    }
  }

  void checkPixels(ImageHeader header) throws BadSampleException {
    if (header.pixels() > settings.maxPixels()) {
      throw new BadSampleException(
          Reason.TOO_LARGE,
          String.format(
              Locale.ROOT,
              "%dx%d pixels, more than the limit of %d",
              header.width(),
              header.height(),
              settings.maxPixels()));
    }
    long shorter = Math.min(header.width(), header.height());
    if (Math.max(header.width(), header.height()) > MAX_RATIO * shorter) {
      throw new BadSampleException(
          Reason.TOO_LARGE,
          String.format(
              Locale.ROOT,
              "%dx%d pixels: one side is more than %d times the other",
              header.width(),
              header.height(),
              MAX_RATIO));
    }
  }

  /** As {@link #decode(EncodedImage, ImageHeader, int, int[])}, all of the picture. */
  public Pixels decode(EncodedImage image, ImageHeader header, int reduction)
      throws BadSampleException {
    return decode(image, header, reduction, null);
  }

  /**
   * Decodes a picture as stored, not turned upright, transparent parts on the background.
   *
   * @param header of this picture, as {@link #inspect} returned it
   * @param reduction 1, 2, 4 or 8: JPEGs are shrunk by this factor while they are decoded
   * @param wanted left, top, right, bottom of what is needed, in stored full-size pixels; null: all
   * @return RGB pixels of at least that part, valid until the next call; they say what they show
   * @throws BadSampleException CORRUPT
   */
  public Pixels decode(
      EncodedImage image, ImageHeader header, int reduction, int @Nullable [] wanted)
      throws BadSampleException {
    EncodedImage bytes = mended(image, header);
    Pixels pixels = null;
    List<Decoder> able = inTurn(header.format());
    NativeRemarks.begin();
    try {
      for (int i = 0; i < able.size() && pixels == null; i++) {
        last = able.get(i);
        pixels = last.decode(bytes, header, reduction, wanted);
      }
    } finally {
      remark = NativeRemarks.end();
    }
    if (pixels == null) {
      throw Headers.corrupt(
          String.format(
              Locale.ROOT,
              "%s of %d bytes: the data after its header is damaged or cut off%s",
              header.format(),
              image.length(),
              remark == null ? "" : " (" + remark + ")"));
    }
    if (settings.iccProfiles()) {
      byte[] profile = ColourProfile.bytes(image, header);
      if (profile != null) {
        toSrgb.convert(profile, pixels);
      }
    }
    return pixels;
  }

  private List<Decoder> inTurn(ImageFormat format) {
    return decoders.getOrDefault(format, List.of());
  }

  /** What the decoders get to see of a picture. */
  private EncodedImage mended(EncodedImage image, ImageHeader header) throws BadSampleException {
    if (header.format() == ImageFormat.JPEG && !JpegHeader.hasEnd(image)) {
      EncodedImage ended = pixelBytes.ended(image);
      if (!settings.allowTruncated() && !JpegEnd.isAllThere(ended, header)) {
        throw Headers.corrupt("JPEG is cut off: no end marker in " + image.length() + " bytes");
      }
      return ended;
    }
    if (header.format() == ImageFormat.PNG) {
      EncodedImage png = pixelBytes.png(image);
      if (pixelBytes.cutOff() && !settings.allowTruncated()) {
        throw Headers.corrupt(
            "PNG is cut off within its pixel data, after " + image.length() + " bytes");
      }
      return png;
    }
    return image;
  }

  @Override
  public void close() {
    decoders.values().stream().flatMap(List::stream).distinct().forEach(Decoder::close);
    pixelBytes.close();
  }
}
