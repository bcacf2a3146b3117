package dev.facet.prepare.whole;

import dev.facet.base.FacetException;
import dev.facet.base.Staged;
import dev.facet.prepare.duplicates.DuplicateSettings;
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
 * and change nobody's side: 25 bytes for each in a file, in their order. Those that were taken down
 * since are among them, so that copies of these are told too.
 */
final class KnownPhotos {
  private static final int BYTES = 3 * Long.BYTES + 1;

  /** Added to the number of the side of what was taken down. */
  private static final int TAKEN_DOWN = 4;

  /** A side is its number in this list. */
  private static final List<Side> SIDES = List.of(Side.TRAIN, Side.VALIDATION, Side.TEST);

  private final Path file;
  private final byte[] sides;

  private KnownPhotos(Path file, int count) {
    this.file = file;
    this.sides = new byte[count];
  }

  /** What tells photos from others. */
  enum Mark {
    /** 64 bits of the SHA-256 of its bytes. */
    DIGEST,
    /** The first half of its perceptual hash. */
    COARSE,
    /** The second half. */
    FINE
  }

  /** Those of a file; none if there is no such file. */
  static KnownPhotos read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return new KnownPhotos(file, 0);
    }
    long size = Files.size(file);
    if (size % BYTES != 0) {
      throw FacetException.run(
          file
              + " is damaged: copies of earlier photos could not be told; copy it again, or begin"
              + " with another --out");
    }
    KnownPhotos photos = new KnownPhotos(file, Math.toIntExact(size / BYTES));
    photos.forEach((photo, digest, coarse, fine, side) -> photos.sides[photo] = side);
    return photos;
  }

  /** Takes a record as it stands in the file. */
  private interface Records {
    void add(int photo, long digest, long coarse, long fine, byte side) throws IOException;
  }

  private void forEach(Records records) throws IOException {
    if (sides.length == 0) {
      return;
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      for (int photo = 0; photo < sides.length; photo++) {
        records.add(photo, in.readLong(), in.readLong(), in.readLong(), in.readByte());
      }
    }
  }

  int count() {
    return sides.length;
  }

  /**
   * A mark of each photo.
   *
   * @param more places that are left free behind them
   */
  long[] marks(Mark mark, int more) throws IOException {
    long[] marks = new long[Math.addExact(count(), more)];
    forEach(
        (photo, digest, coarse, fine, side) ->
            marks[photo] =
                switch (mark) {
                  case DIGEST -> digest;
                  case COARSE -> coarse;
                  case FINE -> fine;
                });
    return marks;
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
  void addCopies(Set<Long> takenDown, DuplicateSettings settings) throws IOException {
    long[] digests = marks(Mark.DIGEST, 0);
    NearCopies copies = new NearCopies(count());
    copies.uniteSameBytes(digests);
    if (settings.near()) {
      copies.uniteNear(marks(Mark.COARSE, 0), marks(Mark.FINE, 0), settings.distance());
    }
    int[] groups = copies.groups();
    BitSet gone = new BitSet();
    for (int i = 0; i < count(); i++) {
      if (isTakenDown(i) || takenDown.contains(digests[i])) {
        gone.set(groups[i]);
      }
    }
    for (int i = 0; i < count(); i++) {
      if (gone.get(groups[i])) {
        takenDown.add(digests[i]);
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
  void write(Path target, IntPredicate takenDown, Source more) throws IOException {
    try (Staged staged = Staged.file(target)) {
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
        forEach(
            (photo, digest, coarse, fine, _) ->
                sink.add(digest, coarse, fine, side(photo), takenDown.test(photo)));
        more.to(sink);
      }
      staged.commit();
    }
  }
}
