package dev.facet.loader.header;

/** The formats that can be decoded. */
public enum ImageFormat {
  JPEG,
  PNG,
  WEBP,
  GIF,
  BMP,
  TIFF
}
