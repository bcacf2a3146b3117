package dev.facet.loader.header;

import dev.facet.augment.geometry.Orientation;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.EncodedImage;

/** JPEG segments before the first scan (ITU-T T.81, annex B). */
public final class JpegHeader {
  private static final int APP1 = 0xe1;
  private static final int APP2 = 0xe2;
  private static final int PROGRESSIVE = 0xc2;
  private static final int PROGRESSIVE_ARITHMETIC = 0xca;
  private static final int SCAN = 0xda;
  private static final int END = 0xd9;

  private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
  private static final String ICC = "ICC_PROFILE\0";

  /** After the name come the part's number and the number of parts. */
  private static final int PROFILE_AT = ICC.length() + 2;

  private static final String PICTURES = "MPF\0";
  private static final int NUMBER_OF_PICTURES = 0xb001;

  /**
   * Every scan of a progressive picture, or of one whose components come apart, passes over all of
   * it; what real encoders write has about ten.
   */
  private static final int MAX_SCANS = 500;

  private JpegHeader() {}

  static ImageHeader read(EncodedImage image, ImageHeader into) throws BadSampleException {
    int width = 0;
    int height = 0;
    boolean framed = false;
    boolean progressive = false;
    int components = 0;
    int exif = 0;
    int xmp = 0;
    int icc = 0;
    int parts = 0;
    int frames = 1;
    int at = segment(image, 2);
    for (; image.u8(at) != SCAN && image.u8(at) != END; at = after(image, at)) {
      int marker = image.u8(at);
      if (standsAlone(marker)) {
        continue;
      }
      int body = at + 3;
      int length = image.u16(at + 1) - 2;
      if (isFrame(marker) && !framed) {
        framed = true;
        progressive = marker == PROGRESSIVE || marker == PROGRESSIVE_ARITHMETIC;
        height = image.u16(body + 1);
        width = image.u16(body + 3);
        components = image.u8(body + 5);
      } else if (marker == APP1 && Exif.hasPrefix(image, body)) {
        exif = Exif.orientation(image, body, length);
      } else if (marker == APP1 && Xmp.startsWith(image, body, XMP)) {
        xmp = Xmp.orientation(image, body, length);
      } else if (isPartOfProfile(image, at, parts + 1)) {
        parts++;
        icc += length - PROFILE_AT;
      } else if (marker == APP2 && Xmp.startsWith(image, body, PICTURES)) {
        frames = pictures(image, body + PICTURES.length());
      }
    }
    if (!framed) {
      throw Headers.corrupt("JPEG without a frame header");
    }
    if (image.u8(at) != SCAN) {
      throw Headers.corrupt("JPEG without a scan");
    }
    boolean inParts = progressive || image.u8(at + 3) < components;
    if (inParts && hasTooManyScans(image, at)) {
      throw new BadSampleException(Reason.TOO_LARGE, "JPEG of more than " + MAX_SCANS + " scans");
    }
    Orientation orientation = Orientation.ofTag(exif == 0 ? xmp : exif);
    return into.set(ImageFormat.JPEG, width, height, false, orientation, frames, icc);
  }

  /**
   * Whether the end marker is there. Nearly always it is the last thing in the file; else it is
   * looked for from the end back to the first scan: an Exif thumbnail before that has one too.
   */
  public static boolean hasEnd(EncodedImage image) {
    int last = image.length() - 2;
    if (image.u16(last) == 0xff00 + END) {
      return true;
    }
    int scan = firstScan(image);
    for (int at = last; at > scan; at--) {
      if (image.u8(at) == 0xff && image.u8(at + 1) == END) {
        return true;
      }
    }
    return false;
  }

  /** Joins the parts of the profile, whose length the header holds. */
  static byte[] profile(EncodedImage image, int length) {
    byte[] profile = new byte[length];
    int filled = 0;
    int parts = 0;
    for (int at = segment(image, 2); filled < length; at = after(image, at)) {
      if (isPartOfProfile(image, at, parts + 1)) {
        parts++;
        int end = at + 1 + image.u16(at + 1);
        for (int from = at + 3 + PROFILE_AT; from < end; from++) {
          profile[filled++] = (byte) image.u8(from);
        }
      }
    }
    return profile;
  }

  /** Whether a segment holds this part; what comes twice or out of order is passed over. */
  private static boolean isPartOfProfile(EncodedImage image, int at, int part) {
    return image.u8(at) == APP2
        && Xmp.startsWith(image, at + 3, ICC)
        && image.u8(at + 3 + ICC.length()) == part
        && image.u16(at + 1) - 2 > PROFILE_AT;
  }

  private static int firstScan(EncodedImage image) {
    int at = segment(image, 2);
    while (image.u8(at) != SCAN) {
      at = after(image, at);
    }
    return at;
  }

  /**
   * The place of the next marker's second byte. Decoders skip stray bytes between segments, so
   * files that have some are read everywhere.
   */
  private static int segment(EncodedImage image, int from) {
    int at = from;
    while (image.u8(at) != 0xff || image.u8(at + 1) == 0x00 || image.u8(at + 1) == 0xff) {
      at++;
    }
    return at + 1;
  }

  private static int after(EncodedImage image, int at) {
    return segment(image, standsAlone(image.u8(at)) ? at + 1 : at + 1 + image.u16(at + 1));
  }

  static boolean standsAlone(int marker) {
    return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
  }

  static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private static boolean hasTooManyScans(EncodedImage image, int from) {
    int scans = 0;
    int last = image.length() - 2;
    for (int at = from - 1; at <= last && scans <= MAX_SCANS; at++) {
      if (image.u8(at) == 0xff && image.u8(at + 1) == SCAN) {
        scans++;
      }
    }
    return scans > MAX_SCANS;
  }

  /** CIPA DC-007, section 5.2.2. */
  private static int pictures(EncodedImage image, int index) {
    try {
      if (!TiffDirectory.isAt(image, index)) {
        return 1;
      }
      long number = new TiffDirectory(image, index).value(NUMBER_OF_PICTURES, 1);
      return Math.clamp(number, 1, 10_000);
    } catch (IndexOutOfBoundsException e) {
      // Only the first picture is used.
      return 1;
    }
  }
}
