package dev.facet.prepare.whole;

import dev.facet.base.SampleRandom;
import dev.facet.prepare.duplicates.DuplicateSettings;
import dev.facet.prepare.duplicates.NearCopies;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * What becomes of every sample. Photos that are copies of one another are a group; the photo with
 * the lowest row stands for it, and its bytes decide on which side all of them are. Of copies only
 * that photo's samples are kept, each face once.
 *
 * <p>A photo of an earlier run keeps its side, whatever comes to its group: what comes is dropped.
 */
final class Fates {
  private static final List<Fate> FATES = List.of(Fate.values());

  private final byte[] fates;
  private final int[] originals;
  private final int[] inOrder;
  private final Side[] sides;
  private final BitSet takenDown;
  private final BitSet knownTakenDown;

  private Fates(
      byte[] fates,
      int[] originals,
      int[] inOrder,
      Side[] sides,
      BitSet takenDown,
      BitSet knownTakenDown) {
    this.fates = fates;
    this.originals = originals;
    this.inOrder = inOrder;
    this.sides = sides;
    this.takenDown = takenDown;
    this.knownTakenDown = knownTakenDown;
  }

  /**
   * Decides on all samples.
   *
   * @param repeated samples whose captions all occur too often
   * @param dissimilar samples of which no caption fits the picture
   */
  static Fates of(
      KnownPhotos known,
      Survey survey,
      BitSet repeated,
      BitSet dissimilar,
      DuplicateSettings settings) {
    return new Decision(known, survey, repeated, dissimilar, settings).fates();
  }

  Fate of(int sample) {
    return FATES.get(fates[sample]);
  }

  /** The photo that stands for a photo's group; -1 for one of an earlier run. */
  int original(int photo) {
    return originals[photo];
  }

  /** All photos, by their lowest rows. */
  int[] inOrder() {
    return inOrder;
  }

  /** The side of a photo's group. */
  Side side(int photo) {
    return sides[photo];
  }

  /** Whether a photo, or a copy of it, was taken down. */
  boolean isTakenDown(int photo) {
    return takenDown.get(photo);
  }

  /** The same of a photo of an earlier run. */
  boolean isKnownTakenDown(int photo) {
    return knownTakenDown.get(photo);
  }

  private static final class Decision {
    private final KnownPhotos known;
    private final Survey survey;
    private final BitSet repeated;
    private final BitSet dissimilar;
    private final boolean drop;
    private final int[] photoOfRank;
    private final int[] rankOfPhoto;
    private final int[] groups;
    private final BitSet takenDown = new BitSet();
    private final BitSet knownHeldOut = new BitSet();
    private final BitSet knownTests = new BitSet();

    Decision(
        KnownPhotos known,
        Survey survey,
        BitSet repeated,
        BitSet dissimilar,
        DuplicateSettings settings) {
      this.known = known;
      this.survey = survey;
      this.repeated = repeated;
      this.dissimilar = dissimilar;
      this.drop = settings.drop();
      int count = survey.photoCount();
      long[] sorted = survey.sortedOrdinals();
      photoOfRank = new int[count];
      rankOfPhoto = new int[count];
      for (int photo = 0; photo < count; photo++) {
        int rank = Arrays.binarySearch(sorted, survey.ordinal(photo));
        photoOfRank[rank] = photo;
        rankOfPhoto[photo] = rank;
      }
      NearCopies copies = new NearCopies(settings);
      for (int i = 0; i < known.count(); i++) {
        copies.add(known.digest(i), known.coarse(i), known.fine(i));
      }
      for (int photo : photoOfRank) {
        copies.add(survey.digest(photo), survey.coarse(photo), survey.fine(photo));
      }
      groups = copies.groups();
      for (int i = 0; i < known.count(); i++) {
        if (known.side(i) != Side.TRAIN) {
          knownHeldOut.set(groups[i]);
        }
        if (known.side(i) == Side.TEST) {
          knownTests.set(groups[i]);
        }
        if (known.isTakenDown(i)) {
          takenDown.set(groups[i]);
        }
      }
      for (int photo = 0; photo < count; photo++) {
        if (survey.isTakenDown(photo)) {
          takenDown.set(group(photo));
        }
      }
    }

    private int group(int photo) {
      return groups[known.count() + rankOfPhoto[photo]];
    }

    Fates fates() {
      LowestRows lowest = lowestRows();
      byte[] fates = new byte[survey.sampleCount()];
      for (int sample = 0; sample < fates.length; sample++) {
        fates[sample] = (byte) FATES.indexOf(fate(sample, lowest));
      }
      int[] originals = new int[survey.photoCount()];
      Side[] sides = new Side[originals.length];
      BitSet gone = new BitSet();
      for (int photo = 0; photo < originals.length; photo++) {
        int group = group(photo);
        originals[photo] = group < known.count() ? -1 : photoOfRank[group - known.count()];
        sides[photo] = side(group);
        gone.set(photo, takenDown.get(group));
      }
      BitSet knownGone = new BitSet();
      for (int i = 0; i < known.count(); i++) {
        knownGone.set(i, takenDown.get(groups[i]));
      }
      return new Fates(fates, originals, photoOfRank, sides, gone, knownGone);
    }

    private Fate fate(int sample, LowestRows lowest) {
      int photo = survey.photo(sample);
      int group = group(photo);
      if (takenDown.get(group)) {
        return Fate.TAKEN_DOWN;
      }
      if (repeated.get(sample)) {
        return Fate.CAPTION_REPEATED;
      }
      if (dissimilar.get(sample)) {
        return Fate.DISSIMILAR;
      }
      if (group < known.count()) {
        Side side = side(group);
        boolean conflict = side != Side.TRAIN && survey.side(photo) == Side.TRAIN;
        return conflict ? Fate.SPLIT_CONFLICT : drop ? Fate.DUPLICATE : Fate.on(side);
      }
      boolean copy =
          !isOriginal(photo, group) || lowest.row(key(sample, group)) < survey.row(sample);
      return drop && copy ? Fate.DUPLICATE : Fate.on(side(group));
    }

    /**
     * Of a group's photos of earlier runs what is held out the furthest; else that of the lowest.
     */
    private Side side(int group) {
      if (group >= known.count()) {
        return survey.side(photoOfRank[group - known.count()]);
      }
      if (knownTests.get(group)) {
        return Side.TEST;
      }
      return knownHeldOut.get(group) ? Side.VALIDATION : Side.TRAIN;
    }

    /** Of groups with several samples: most have one, and need no room. */
    private LowestRows lowestRows() {
      BitSet any = new BitSet();
      BitSet several = new BitSet();
      for (int sample = 0; sample < survey.sampleCount(); sample++) {
        int group = group(survey.photo(sample));
        several.set(group, several.get(group) || any.get(group));
        any.set(group);
      }
      int count = 0;
      for (int sample = 0; sample < survey.sampleCount(); sample++) {
        count += several.get(group(survey.photo(sample))) ? 1 : 0;
      }
      LowestRows lowest = new LowestRows(count);
      for (int sample = 0; sample < survey.sampleCount(); sample++) {
        int group = group(survey.photo(sample));
        // A copy with other bytes is dropped as a whole, so none of its faces stands for another's.
        // What is left out for its captions stands for nothing either, as in the parts.
        if (several.get(group)
            && isOriginal(survey.photo(sample), group)
            && !repeated.get(sample)
            && !dissimilar.get(sample)) {
          lowest.add(key(sample, group), survey.row(sample));
        }
      }
      return lowest;
    }

    private boolean isOriginal(int photo, int group) {
      return group >= known.count()
          && survey.digest(photo) == survey.digest(photoOfRank[group - known.count()]);
    }

    private long key(int sample, int group) {
      return SampleRandom.mix(SampleRandom.mix(group + 1L) ^ survey.slot(sample));
    }
  }
}
