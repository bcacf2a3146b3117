package dev.facet.prepare.whole;

import java.io.IOException;
import java.util.Arrays;

/** Photos by their lowest rows, which is their order wherever they lie in the parts. */
final class PhotoOrder {
  private final int[] places;

  private PhotoOrder(int[] places) {
    this.places = places;
  }

  /**
   * Puts photos in order.
   *
   * @param ordinals the lowest row of each, all different
   */
  static PhotoOrder of(NumberFile ordinals) throws IOException {
    long[] sorted = ordinals.all();
    Arrays.sort(sorted);
    int[] places = new int[sorted.length];
    try (NumberFile.Cursor cursor = ordinals.open()) {
      for (int photo = 0; photo < places.length; photo++) {
        places[photo] = Arrays.binarySearch(sorted, cursor.next());
      }
    }
    return new PhotoOrder(places);
  }

  /** The place of a photo, from 0. */
  int place(int photo) {
    return places[photo];
  }

  /**
   * Puts a number of each photo in order.
   *
   * @param numbers of the photos as they lie in the parts
   * @param target gets them
   * @param first the place of the first one there
   */
  void arrange(NumberFile numbers, long[] target, int first) throws IOException {
    try (NumberFile.Cursor cursor = numbers.open()) {
      for (int place : places) {
        target[first + place] = cursor.next();
      }
    }
  }
}
