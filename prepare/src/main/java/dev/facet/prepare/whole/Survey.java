package dev.facet.prepare.whole;

import dev.facet.prepare.duplicates.LongColumn;
import dev.facet.prepare.part.FaceRecord;
import dev.facet.prepare.part.PhotoFacts;
import dev.facet.prepare.part.PhotoRecord;
import dev.facet.prepare.part.RowRecord;
import dev.facet.prepare.part.SampleRecord;
import dev.facet.prepare.part.SpoolReader;
import dev.facet.prepare.takedown.TakedownList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What has to be known of all photos and samples at once, in arrays: some 30 bytes for a photo and
 * as many for a sample. Both are numbered in the order in which they lie in the parts.
 */
final class Survey {
  private final LongColumn ordinals = new LongColumn();
  private final LongColumn digests = new LongColumn();
  private final LongColumn coarse = new LongColumn();
  private final LongColumn fine = new LongColumn();
  private final BitSet takenDown = new BitSet();
  private final BitSet used = new BitSet();
  private final BitSet heldOut = new BitSet();
  private final BitSet tests = new BitSet();

  private final LongColumn photos = new LongColumn();
  private final LongColumn rows = new LongColumn();
  private final LongColumn slots = new LongColumn();
  private final LongColumn places = new LongColumn();
  private final List<Integer> firstSamples = new ArrayList<>();
  private final SortedSet<String> columns = new TreeSet<>();

  private Survey() {}

  /** Tells the side that a photo has by itself. */
  interface Sides {
    /**
     * Of a photo.
     *
     * @param ordinal its lowest row
     */
    Side of(PhotoFacts photo, long ordinal);
  }

  /** Reads the records of all parts. */
  static Survey of(List<SpoolFile> spools, Sides sides, TakedownList takedown) throws IOException {
    Survey survey = new Survey();
    for (SpoolFile spool : spools) {
      survey.firstSamples.add(survey.photos.size());
      try (SpoolReader reader = new SpoolReader(spool.path())) {
        for (SpoolReader.Entry entry = reader.next(); entry != null; entry = reader.next()) {
          survey.add(entry.record(), entry.offset(), sides, takedown);
        }
      }
    }
    return survey;
  }

  private void add(PhotoRecord record, long offset, Sides sides, TakedownList takedown) {
    PhotoFacts facts = record.photo();
    if (facts == null) {
      return;
    }
    int photo = ordinals.size();
    long first = Long.MAX_VALUE;
    int number = 0;
    for (RowRecord row : record.rows()) {
      first = Math.min(first, row.ordinal());
      if (TakenDown.is(row, facts, takedown)) {
        takenDown.set(photo);
      }
      if (row.download().equals(RowRecord.OK)) {
        used.set(photo);
      }
      for (FaceRecord face : row.faces()) {
        SampleRecord sample = face.sample();
        if (sample != null) {
          add(sample, photo, row.ordinal(), offset, number++);
        }
      }
    }
    ordinals.add(first);
    digests.add(Long.parseUnsignedLong(facts.sha256(), 0, 16, 16));
    coarse.add(facts.hash().coarse());
    fine.add(facts.hash().fine());
    Side side = sides.of(facts, first);
    heldOut.set(photo, side != Side.TRAIN);
    tests.set(photo, side == Side.TEST);
  }

  private void add(SampleRecord sample, int photo, long row, long offset, int number) {
    photos.add(photo);
    rows.add(row);
    slots.add(sample.slot());
    places.add(offset << PLACE_BITS | Math.min(number, MOST_IN_PHOTO));
    columns.addAll(sample.captions().keySet());
  }

  /** Samples of one photo that can be told apart; a crowd has fewer faces. */
  private static final int PLACE_BITS = 12;

  private static final int MOST_IN_PHOTO = (1 << PLACE_BITS) - 1;

  int photoCount() {
    return ordinals.size();
  }

  /** The lowest row of a photo. */
  long ordinal(int photo) {
    return ordinals.get(photo);
  }

  /** All of {@link #ordinal}, ascending. */
  long[] sortedOrdinals() {
    long[] sorted = ordinals.toArray();
    Arrays.sort(sorted);
    return sorted;
  }

  /** 64 bits of the SHA-256 of a photo's bytes. */
  long digest(int photo) {
    return digests.get(photo);
  }

  /** What a photo looks like: the first half of its perceptual hash. */
  long coarse(int photo) {
    return coarse.get(photo);
  }

  /** The second half. */
  long fine(int photo) {
    return fine.get(photo);
  }

  /** Photos of different bytes that a row has. */
  long distinctPhotos() {
    long[] sorted = used.stream().mapToLong(digests::get).toArray();
    Arrays.sort(sorted);
    long distinct = 0;
    for (int i = 0; i < sorted.length; i++) {
      distinct += i == 0 || sorted[i] != sorted[i - 1] ? 1 : 0;
    }
    return distinct;
  }

  boolean isTakenDown(int photo) {
    return takenDown.get(photo);
  }

  /** The side that a photo has by itself. */
  Side side(int photo) {
    return tests.get(photo) ? Side.TEST : heldOut.get(photo) ? Side.VALIDATION : Side.TRAIN;
  }

  int sampleCount() {
    return photos.size();
  }

  int photo(int sample) {
    return (int) photos.get(sample);
  }

  /** The row of a sample. */
  long row(int sample) {
    return rows.get(sample);
  }

  /** Tells the samples of a photo apart. */
  long slot(int sample) {
    return slots.get(sample);
  }

  /** Number of the part that holds a sample. */
  int spool(int sample) {
    int found = Collections.binarySearch(firstSamples, sample);
    if (found < 0) {
      return -found - 2;
    }
    // Of parts without samples, which begin where the next one does, the last one holds it.
    while (found + 1 < firstSamples.size() && firstSamples.get(found + 1) == sample) {
      found++;
    }
    return found;
  }

  /** Where the record of a sample's photo begins in its part. */
  long offset(int sample) {
    return places.get(sample) >>> PLACE_BITS;
  }

  /** Number of a sample among those of its photo's record. */
  int number(int sample) {
    return (int) places.get(sample) & MOST_IN_PHOTO;
  }

  /** The columns that captions come from, in the order of the alphabet. */
  List<String> columns() {
    return List.copyOf(columns);
  }
}
