package dev.facet.prepare.whole;

import dev.facet.base.SampleRandom;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;

/**
 * What becomes of every sample. Of photos that are copies of one another only the samples of the
 * one that stands for them are kept, each face once.
 *
 * <p>A photo of an earlier run keeps its side, whatever comes to its group: what comes is dropped.
 */
final class Fates {
  private static final List<Fate> FATES = List.of(Fate.values());

  private final byte[] fates;

  private Fates(byte[] fates) {
    this.fates = fates;
  }

  /**
   * Decides on all samples.
   *
   * @param repeated samples whose captions all occur too often
   * @param dissimilar samples of which no caption fits the picture
   * @param drop whether of copies only one is kept
   */
  static Fates of(Survey survey, Copies copies, BitSet repeated, BitSet dissimilar, boolean drop)
      throws IOException {
    return new Decision(survey, copies, repeated, dissimilar, drop).fates();
  }

  Fate of(int sample) {
    return FATES.get(fates[sample]);
  }

  private static final class Decision {
    /** So many that few keys meet by chance. */
    private static final int MARKS_FOR_EACH = 8;

    private final Survey survey;
    private final Copies copies;
    private final BitSet repeated;
    private final BitSet dissimilar;
    private final boolean drop;

    Decision(Survey survey, Copies copies, BitSet repeated, BitSet dissimilar, boolean drop) {
      this.survey = survey;
      this.copies = copies;
      this.repeated = repeated;
      this.dissimilar = dissimilar;
      this.drop = drop;
    }

    Fates fates() throws IOException {
      LowestRows lowest = lowestRows();
      byte[] fates = new byte[survey.sampleCount()];
      survey.samples(
          (sample, photo, row, slot) ->
              fates[sample] = (byte) FATES.indexOf(fate(sample, photo, row, slot, lowest)));
      return new Fates(fates);
    }

    private Fate fate(int sample, int photo, long row, long slot, LowestRows lowest) {
      int group = copies.group(photo);
      if (copies.isTakenDown(group)) {
        return Fate.TAKEN_DOWN;
      }
      if (repeated.get(sample)) {
        return Fate.CAPTION_REPEATED;
      }
      if (dissimilar.get(sample)) {
        return Fate.DISSIMILAR;
      }
      Side side = copies.side(group);
      if (copies.isKnown(group)) {
        boolean conflict = side != Side.TRAIN && copies.ownSide(photo) == Side.TRAIN;
        return conflict ? Fate.SPLIT_CONFLICT : drop ? Fate.DUPLICATE : Fate.on(side);
      }
      boolean copy = !copies.isOriginal(photo) || lowest.row(key(group, slot)) < row;
      return drop && copy ? Fate.DUPLICATE : Fate.on(side);
    }

    /** Of keys that several samples have: most have one of their own, and need no room. */
    private LowestRows lowestRows() throws IOException {
      int marks = (int) Math.min(Integer.MAX_VALUE, (long) MARKS_FOR_EACH * survey.sampleCount());
      BitSet any = new BitSet(marks);
      BitSet several = new BitSet(marks);
      survey.samples(
          (sample, photo, row, slot) -> {
            if (stands(sample, photo)) {
              int mark = mark(key(copies.group(photo), slot), marks);
              several.set(mark, several.get(mark) || any.get(mark));
              any.set(mark);
            }
          });
      int[] count = {0};
      survey.samples(
          (sample, photo, row, slot) ->
              count[0] +=
                  stands(sample, photo) && several.get(mark(key(copies.group(photo), slot), marks))
                      ? 1
                      : 0);
      LowestRows lowest = new LowestRows(count[0]);
      survey.samples(
          (sample, photo, row, slot) -> {
            long key = key(copies.group(photo), slot);
            if (stands(sample, photo) && several.get(mark(key, marks))) {
              lowest.add(key, row);
            }
          });
      return lowest;
    }

    /**
     * Whether others may be copies of a sample. A photo with other bytes is dropped as a whole, so
     * none of its faces stands for another's. What is left out for its captions stands for nothing
     * either, as in the parts.
     */
    private boolean stands(int sample, int photo) {
      return copies.isOriginal(photo) && !repeated.get(sample) && !dissimilar.get(sample);
    }

    private static int mark(long key, int marks) {
      return (int) Math.unsignedMultiplyHigh(key, marks);
    }

    private static long key(int group, long slot) {
      return SampleRandom.mix(SampleRandom.mix(group + 1L) ^ slot);
    }
  }
}
