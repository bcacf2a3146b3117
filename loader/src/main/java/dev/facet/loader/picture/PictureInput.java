package dev.facet.loader.picture;

/** What a model sees of a row's picture. */
public sealed interface PictureInput permits ImageSettings, VectorSettings {
  /** Bytes of one of them in a batch. */
  long bytes();

  /** What it is, for people: "pictures of 224x224 pixels". */
  String text();
}
