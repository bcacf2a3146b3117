package dev.facet.augment.resample;

/** Where a centred square begins in a side that leaves an odd number of pixels over. */
public enum CropRounding {
  /** Nearer the left and the top: Hugging Face's image processors (image_transforms.py). */
  DOWN {
    @Override
    int half(int left) {
      return left / 2;
    }
  },
  /** At the even one of the two places, Python's round(): torchvision's CenterCrop, open_clip's. */
  EVEN {
    @Override
    int half(int left) {
      return (int) Math.rint(left / 2.0);
    }
  };

  /** Pixels before the square, of those that are left over. */
  abstract int half(int left);
}
