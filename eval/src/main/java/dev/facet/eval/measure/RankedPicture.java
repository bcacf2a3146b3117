package dev.facet.eval.measure;

import java.util.List;

/**
 * What became of a picture as a query, and of its captions.
 *
 * @param picture its id, the same in every evaluation of these bytes and this face
 * @param row the first row of the data that shows it
 * @param rank of its best-placed caption, from 1
 * @param precision its average precision
 * @param captions in the order of the data
 */
public record RankedPicture(
    String picture, long row, double rank, double precision, List<RankedCaption> captions) {
  public RankedPicture {
    captions = List.copyOf(captions);
  }
}
