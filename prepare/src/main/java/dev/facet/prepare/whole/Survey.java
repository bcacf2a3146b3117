package dev.facet.prepare.whole;

import dev.facet.base.Staged;
import dev.facet.prepare.part.FaceRecord;
import dev.facet.prepare.part.PhotoFacts;
import dev.facet.prepare.part.PhotoRecord;
import dev.facet.prepare.part.RowRecord;
import dev.facet.prepare.part.SampleRecord;
import dev.facet.prepare.part.SpoolReader;
import dev.facet.prepare.takedown.TakedownList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What has to be known of all photos and samples, read from the parts once. Numbers lie on disk, 32
 * bytes for a photo and as many for a sample, so that memory holds those alone that a step is
 * about. Photos and samples are numbered in the order in which they lie in the parts.
 */
final class Survey implements AutoCloseable {
  private final Path folder;
  private final NumberFile ordinals;
  private final NumberFile digests;
  private final NumberFile coarse;
  private final NumberFile fine;
  private final BitSet takenDown = new BitSet();
  private final BitSet used = new BitSet();
  private final BitSet heldOut = new BitSet();
  private final BitSet tests = new BitSet();

  private final NumberFile photos;
  private final NumberFile rows;
  private final NumberFile slots;
  private final NumberFile places;
  private final List<Integer> firstSamples = new ArrayList<>();
  private final SortedSet<String> columns = new TreeSet<>();

  private Survey(Path folder) throws IOException {
    this.folder = folder;
    Staged.delete(folder);
    Files.createDirectories(folder);
    ordinals = new NumberFile(folder.resolve("ordinals"));
    digests = new NumberFile(folder.resolve("digests"));
    coarse = new NumberFile(folder.resolve("coarse"));
    fine = new NumberFile(folder.resolve("fine"));
    photos = new NumberFile(folder.resolve("photos"));
    rows = new NumberFile(folder.resolve("rows"));
    slots = new NumberFile(folder.resolve("slots"));
    places = new NumberFile(folder.resolve("places"));
  }

  /** Tells the side that a photo has by itself. */
  interface Sides {
    /**
     * Of a photo.
     *
     * @param ordinal its lowest row
     */
    Side of(PhotoFacts photo, long ordinal);
  }

  /**
   * Reads the records of all parts.
   *
   * @param folder for the numbers; it goes when the survey is closed
   */
  static Survey of(Path folder, List<SpoolFile> spools, Sides sides, TakedownList takedown)
      throws IOException {
    Survey survey = new Survey(folder);
    boolean done = false;
    try {
      for (SpoolFile spool : spools) {
        survey.firstSamples.add(survey.photos.size());
        try (SpoolReader reader = new SpoolReader(spool.path())) {
          for (SpoolReader.Entry entry = reader.next(); entry != null; entry = reader.next()) {
            survey.add(entry.record(), entry.offset(), sides, takedown);
          }
        }
      }
      survey.closeFiles();
      done = true;
      return survey;
    } finally {
      if (!done) {
        survey.close();
      }
    }
  }

  private void add(PhotoRecord record, long offset, Sides sides, TakedownList takedown)
      throws IOException {
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
          photos.add(photo);
          rows.add(row.ordinal());
          slots.add(sample.slot());
          places.add(SamplePlaces.place(offset, number++));
          columns.addAll(sample.captions().keySet());
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

  int photoCount() {
    return ordinals.size();
  }

  /** The lowest row of each photo. */
  NumberFile ordinals() {
    return ordinals;
  }

  /** 64 bits of the SHA-256 of each photo's bytes. */
  NumberFile digests() {
    return digests;
  }

  /** What each photo looks like: the first half of its perceptual hash. */
  NumberFile coarse() {
    return coarse;
  }

  /** The second half. */
  NumberFile fine() {
    return fine;
  }

  /** Photos of different bytes that a row has. */
  long distinctPhotos() throws IOException {
    long[] sorted = new long[used.cardinality()];
    int filled = 0;
    try (NumberFile.Cursor cursor = digests.open()) {
      for (int photo = 0; photo < digests.size(); photo++) {
        long digest = cursor.next();
        if (used.get(photo)) {
          sorted[filled++] = digest;
        }
      }
    }
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

  /** Takes what is known of a sample. */
  interface SampleSink {
    /**
     * Takes one.
     *
     * @param photo its number
     * @param row the sample's
     * @param slot tells the samples of a photo apart
     */
    void add(int sample, int photo, long row, long slot);
  }

  /** Tells of all samples, in their order. */
  void samples(SampleSink sink) throws IOException {
    try (NumberFile.Cursor photo = photos.open();
        NumberFile.Cursor row = rows.open();
        NumberFile.Cursor slot = slots.open()) {
      for (int sample = 0; sample < photos.size(); sample++) {
        sink.add(sample, (int) photo.next(), row.next(), slot.next());
      }
    }
  }

  /** Where all samples lie, and what their order comes from. */
  SamplePlaces places() throws IOException {
    int[] first = firstSamples.stream().mapToInt(Integer::intValue).toArray();
    return new SamplePlaces(rows.all(), slots.all(), places.all(), first);
  }

  /** The columns that captions come from, in the order of the alphabet. */
  List<String> columns() {
    return List.copyOf(columns);
  }

  private void closeFiles() throws IOException {
    for (NumberFile file : List.of(ordinals, digests, coarse, fine, photos, rows, slots, places)) {
      file.close();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      closeFiles();
    } finally {
      Staged.delete(folder);
    }
  }
}
