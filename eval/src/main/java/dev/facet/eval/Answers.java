package dev.facet.eval;

import dev.facet.eval.retrieval.Pairing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/** Sorts out, row by row, which pictures and which of their captions have not come before. */
public final class Answers {
  private record Pair(int image, long captionId) {}

  private final SequencedMap<Long, Integer> images = new LinkedHashMap<>();
  private final Set<Pair> pairs = new HashSet<>();
  private final List<Pair> captions = new ArrayList<>();
  private long rows;
  private long repeatedCaptions;

  /** Takes a row's picture; its number among the different ones, in the order they came. */
  public int image(long pictureId) {
    rows++;
    Integer known = images.putIfAbsent(pictureId, images.size());
    return known == null ? images.size() - 1 : known;
  }

  /** The ids of the different pictures, in the order they came. */
  public long[] pictures() {
    return images.sequencedKeySet().stream().mapToLong(Long::longValue).toArray();
  }

  /** Takes a caption of a picture; false if the picture has it already. */
  public boolean isNew(int image, long captionId) {
    Pair pair = new Pair(image, captionId);
    boolean fresh = pairs.add(pair);
    if (fresh) {
      captions.add(pair);
    } else {
      repeatedCaptions++;
    }
    return fresh;
  }

  /** All that was new, in the order in which it came. */
  public Pairing pairing() {
    return new Pairing(
        captions.stream().mapToInt(Pair::image).toArray(),
        captions.stream().mapToLong(Pair::captionId).toArray(),
        rows - images.size(),
        repeatedCaptions);
  }
}
