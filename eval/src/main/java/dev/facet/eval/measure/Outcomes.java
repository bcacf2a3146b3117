package dev.facet.eval.measure;

import dev.facet.eval.retrieval.Ranks;
import dev.facet.eval.retrieval.Retrieval;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What became of every query: the figures are made of nothing else.
 *
 * @param images outcomes of pictures as queries; picture i belongs to picture i
 * @param captions outcomes of captions as queries
 */
record Outcomes(Queries images, Queries captions) {

  /**
   * The queries of one direction.
   *
   * @param rank of each, from 1
   * @param precision average precision of each
   * @param image that each belongs to
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Queries(double[] rank, double[] precision, int[] image) {
    private static Queries of(int count) {
      return new Queries(new double[count], new double[count], new int[count]);
    }

    private Queries only(int[] place) {
      int[] kept =
          IntStream.range(0, image.length).filter(query -> place[image[query]] >= 0).toArray();
      Queries some = of(kept.length);
      for (int i = 0; i < kept.length; i++) {
        some.put(i, rank[kept[i]], precision[kept[i]], place[image[kept[i]]]);
      }
      return some;
    }

    private void put(int query, double itsRank, double itsPrecision, int itsImage) {
      rank[query] = itsRank;
      precision[query] = itsPrecision;
      image[query] = itsImage;
    }
  }

  static Outcomes of(Retrieval retrieval) {
    int[] own = new int[retrieval.result().images()];
    for (int i = 0; i < own.length; i++) {
      own[i] = i;
    }
    return new Outcomes(
        queries(retrieval.imageToText(), own),
        queries(retrieval.textToImage(), retrieval.imageOfCaption()));
  }

  /** Of pictures with their captions, in the order given. */
  static Outcomes of(List<RankedPicture> pictures) {
    int captions = pictures.stream().mapToInt(each -> each.captions().size()).sum();
    Queries ofImages = Queries.of(pictures.size());
    Queries ofCaptions = Queries.of(captions);
    int caption = 0;
    for (int image = 0; image < pictures.size(); image++) {
      RankedPicture picture = pictures.get(image);
      ofImages.put(image, picture.rank(), picture.precision(), image);
      for (RankedCaption each : picture.captions()) {
        ofCaptions.put(caption++, each.rank(), each.precision(), image);
      }
    }
    return new Outcomes(ofImages, ofCaptions);
  }

  /** Those of some pictures, which are picture 0, 1 and so on from now on. */
  Outcomes only(int[] pictures) {
    int[] place = new int[imageCount()];
    Arrays.fill(place, -1);
    for (int i = 0; i < pictures.length; i++) {
      place[pictures[i]] = i;
    }
    return new Outcomes(images.only(place), captions.only(place));
  }

  private static Queries queries(Ranks ranks, int[] image) {
    return new Queries(ranks.toArray(), ranks.precisions(), image);
  }

  int imageCount() {
    return images.rank.length;
  }

  int captionCount() {
    return captions.rank.length;
  }
}
