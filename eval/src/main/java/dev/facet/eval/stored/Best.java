package dev.facet.eval.stored;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The places of the vectors that score highest for one query. */
final class Best {
  /** Where a vector lies: a row of the file of a part. */
  record Place(int part, int row, float score) {}

  /** Best first; of equal ones the one that lies first. */
  private static final Comparator<Place> ORDER =
      Comparator.comparingDouble((Place place) -> -place.score)
          .thenComparingInt(Place::part)
          .thenComparingInt(Place::row);

  private final PriorityQueue<Place> worstFirst = new PriorityQueue<>(ORDER.reversed());
  private final int most;

  Best(int most) {
    this.most = most;
  }

  /** Takes one that lies behind all before it, so that of equal scores the earlier ones stay. */
  void offer(int part, int row, float score) {
    if (worstFirst.size() == most) {
      if (worstFirst.element().score >= score) {
        return;
      }
      worstFirst.remove();
    }
    worstFirst.add(new Place(part, row, score));
  }

  /** Best first. */
  List<Place> places() {
    List<Place> places = new ArrayList<>(worstFirst);
    places.sort(ORDER);
    return places;
  }
}
