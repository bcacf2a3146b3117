package dev.facet.prepare.whole;

import dev.facet.base.FacetException;
import dev.facet.base.Staged;
import dev.facet.prepare.duplicates.DuplicateSettings;
import dev.facet.prepare.duplicates.LongColumn;
import dev.facet.prepare.duplicates.NearCopies;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * The photos of shards that were written before, so that copies that come later are told from them
 * and change nobody's side: 25 bytes for each, in their order. Those that were taken down since are
 * among them, so that copies of these are told too.
 */
final class KnownPhotos {
  private static final int BYTES = 3 * Long.BYTES + 1;

  /** Added to the number of the side of what was taken down. */
  private static final int TAKEN_DOWN = 4;

  /** A side is its number in this list. */
  private static final List<Side> SIDES = List.of(Side.TRAIN, Side.VALIDATION, Side.TEST);

  private final LongColumn digests = new LongColumn();
  private final LongColumn coarse = new LongColumn();
  private final LongColumn fine = new LongColumn();
  private byte[] sides = new byte[0];

  /** Those of a file; none if there is no such file. */
  static KnownPhotos read(Path file) throws IOException {
    KnownPhotos photos = new KnownPhotos();
    if (!Files.exists(file)) {
      return photos;
    }
    long size = Files.size(file);
    if (size % BYTES != 0) {
      throw FacetException.run(
          file
              + " is damaged: copies of earlier photos could not be told; copy it again, or begin"
              + " with another --out");
    }
    photos.sides = new byte[Math.toIntExact(size / BYTES)];
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      for (int i = 0; i < photos.sides.length; i++) {
        photos.digests.add(in.readLong());
        photos.coarse.add(in.readLong());
        photos.fine.add(in.readLong());
        photos.sides[i] = in.readByte();
      }
    }
    return photos;
  }

  int count() {
    return sides.length;
  }

  long digest(int photo) {
    return digests.get(photo);
  }

  long coarse(int photo) {
    return coarse.get(photo);
  }

  long fine(int photo) {
    return fine.get(photo);
  }

  Side side(int photo) {
    return SIDES.get(sides[photo] & (TAKEN_DOWN - 1));
  }

  boolean isTakenDown(int photo) {
    return (sides[photo] & TAKEN_DOWN) != 0;
  }

  /**
   * Adds those that are copies of photos taken down.
   *
   * @param takenDown 64 bits of the SHA-256 of each
   */
  void addCopies(Set<Long> takenDown, DuplicateSettings settings) {
    NearCopies copies = new NearCopies(settings);
    for (int i = 0; i < count(); i++) {
      copies.add(digest(i), coarse(i), fine(i));
    }
    int[] groups = copies.groups();
    BitSet gone = new BitSet();
    for (int i = 0; i < count(); i++) {
      if (isTakenDown(i) || takenDown.contains(digest(i))) {
        gone.set(groups[i]);
      }
    }
    for (int i = 0; i < count(); i++) {
      if (gone.get(groups[i])) {
        takenDown.add(digest(i));
      }
    }
  }

  /** Takes a photo's place in the file that is written. */
  interface Sink {
    void add(long digest, long coarse, long fine, Side side, boolean takenDown) throws IOException;
  }

  /** What adds photos. */
  interface Source {
    void to(Sink sink) throws IOException;
  }

  /**
   * Writes these and more into a file.
   *
   * @param takenDown numbers of those that are taken down
   */
  void write(Path file, IntPredicate takenDown, Source more) throws IOException {
    try (Staged staged = Staged.file(file)) {
      try (DataOutputStream out =
          new DataOutputStream(
              new BufferedOutputStream(Files.newOutputStream(staged.path()), 1 << 16))) {
        Sink sink =
            (digest, first, second, side, gone) -> {
              out.writeLong(digest);
              out.writeLong(first);
              out.writeLong(second);
              out.writeByte(SIDES.indexOf(side) | (gone ? TAKEN_DOWN : 0));
            };
        for (int i = 0; i < count(); i++) {
          sink.add(digest(i), coarse(i), fine(i), side(i), takenDown.test(i));
        }
        more.to(sink);
      }
      staged.commit();
    }
  }
}
