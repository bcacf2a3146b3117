package dev.facet.loader.encode;

/** The formats that can be written. */
public enum PictureFormat {
  JPEG,
  PNG,
  WEBP
}
