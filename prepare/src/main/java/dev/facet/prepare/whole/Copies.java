package dev.facet.prepare.whole;

import dev.facet.prepare.duplicates.DuplicateSettings;
import dev.facet.prepare.duplicates.NearCopies;
import dev.facet.prepare.whole.KnownPhotos.Mark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;

/**
 * Photos in groups of copies, and what a group decides for all of it. The photo with the lowest row
 * stands for its group, and its bytes decide on which side all of them are; but a photo of an
 * earlier run keeps its side, whatever comes to its group.
 *
 * <p>Groups are numbers: those of the photos that stand for them, first those of earlier runs, then
 * the new ones in their order.
 */
final class Copies {
  private final KnownPhotos known;
  private final Survey survey;
  private final PhotoOrder order;
  private final int[] groups;

  // By group.
  private final BitSet takenDown = new BitSet();
  private final BitSet heldOut = new BitSet();
  private final BitSet tests = new BitSet();

  /** By photo, those of earlier runs first: whether it has the bytes of the one for its group. */
  private final BitSet sameBytes = new BitSet();

  private Copies(KnownPhotos known, Survey survey, PhotoOrder order, int[] groups) {
    this.known = known;
    this.survey = survey;
    this.order = order;
    this.groups = groups;
    for (int photo = 0; photo < known.count(); photo++) {
      decide(groups[photo], known.side(photo), known.isTakenDown(photo));
    }
    for (int photo = 0; photo < survey.photoCount(); photo++) {
      int group = group(photo);
      boolean itself = group == known.count() + order.place(photo);
      decide(group, itself ? survey.side(photo) : Side.TRAIN, survey.isTakenDown(photo));
    }
  }

  /** The photos of a group that have a say are held out as far as any of them. */
  private void decide(int group, Side side, boolean gone) {
    heldOut.set(group, heldOut.get(group) || side != Side.TRAIN);
    tests.set(group, tests.get(group) || side == Side.TEST);
    takenDown.set(group, takenDown.get(group) || gone);
  }

  /** Finds the groups. */
  static Copies of(KnownPhotos known, Survey survey, PhotoOrder order, DuplicateSettings settings)
      throws IOException {
    NearCopies near = new NearCopies(known.count() + survey.photoCount());
    near.uniteSameBytes(marks(Mark.DIGEST, known, survey, order));
    if (settings.near()) {
      long[] coarse = marks(Mark.COARSE, known, survey, order);
      long[] fine = marks(Mark.FINE, known, survey, order);
      near.uniteNear(coarse, fine, settings.distance());
    }
    Copies copies = new Copies(known, survey, order, near.groups());
    copies.compareBytes();
    return copies;
  }

  private static long[] marks(Mark mark, KnownPhotos known, Survey survey, PhotoOrder order)
      throws IOException {
    long[] marks = known.marks(mark, survey.photoCount());
    NumberFile file =
        switch (mark) {
          case DIGEST -> survey.digests();
          case COARSE -> survey.coarse();
          case FINE -> survey.fine();
        };
    order.arrange(file, marks, known.count());
    return marks;
  }

  private void compareBytes() throws IOException {
    long[] digests = marks(Mark.DIGEST, known, survey, order);
    for (int i = 0; i < digests.length; i++) {
      sameBytes.set(i, digests[i] == digests[groups[i]]);
    }
  }

  /** Writes all photos into a file that a later run can read as {@link KnownPhotos}. */
  void write(Path next) throws IOException {
    long[] digests = marks(Mark.DIGEST, known, survey, order);
    long[] coarse = marks(Mark.COARSE, known, survey, order);
    long[] fine = marks(Mark.FINE, known, survey, order);
    known.write(
        next,
        photo -> takenDown.get(groups[photo]),
        sink -> {
          for (int i = known.count(); i < groups.length; i++) {
            int group = groups[i];
            sink.add(digests[i], coarse[i], fine[i], side(group), takenDown.get(group));
          }
        });
  }

  /** The group of a photo. */
  int group(int photo) {
    return groups[known.count() + order.place(photo)];
  }

  /** Whether a photo of an earlier run stands for a group. */
  boolean isKnown(int group) {
    return group < known.count();
  }

  /** The place of the photo that stands for a group, among those of this run in their order. */
  int place(int group) {
    return group - known.count();
  }

  /** Whether a photo has the bytes of the one of this run that stands for its group. */
  boolean isOriginal(int photo) {
    return !isKnown(group(photo)) && sameBytes.get(known.count() + order.place(photo));
  }

  /** Whether a photo of a group was taken down. */
  boolean isTakenDown(int group) {
    return takenDown.get(group);
  }

  /** The side of all photos of a group. */
  Side side(int group) {
    return tests.get(group) ? Side.TEST : heldOut.get(group) ? Side.VALIDATION : Side.TRAIN;
  }

  /** The side that a photo has by itself. */
  Side ownSide(int photo) {
    return survey.side(photo);
  }
}
