package dev.facet.loader.decode;

/** The formats that can be decoded. */
public enum ImageFormat {
  JPEG,
  PNG,
  WEBP,
  GIF,
  BMP,
  TIFF
}
