package dev.facet.augment.resample;

/** How a picture that is not square becomes one, where no operation says so (open_clip's words). */
public enum ResizeMode {
  /** The shorter side becomes the size, the centre is cut out: CLIP's own. */
  SHORTEST,
  /** Both sides become the size, whatever the aspect: SigLIP's. */
  SQUASH
}
