package dev.facet.prepare.whole;

import dev.facet.base.FacetException;
import dev.facet.base.Staged;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The photos of shards that were written before, so that copies that come later are told from them
 * and change nobody's side: 25 bytes for each, in their order.
 */
final class KnownPhotos {
  private static final int BYTES = 3 * Long.BYTES + 1;

  /** A side is its number in this list. */
  private static final List<Side> SIDES = List.of(Side.TRAIN, Side.VALIDATION, Side.TEST);

  private final Longs digests = new Longs();
  private final Longs coarse = new Longs();
  private final Longs fine = new Longs();
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
    return SIDES.get(sides[photo]);
  }

  /** Takes a photo's place in the file that is written. */
  interface Sink {
    void add(long digest, long coarse, long fine, Side side) throws IOException;
  }

  /** What adds photos. */
  interface Source {
    void to(Sink sink) throws IOException;
  }

  /** Writes these and more into a file. */
  void write(Path file, Source more) throws IOException {
    try (Staged staged = Staged.file(file)) {
      try (DataOutputStream out =
          new DataOutputStream(
              new BufferedOutputStream(Files.newOutputStream(staged.path()), 1 << 16))) {
        Sink sink =
            (digest, first, second, side) -> {
              out.writeLong(digest);
              out.writeLong(first);
              out.writeLong(second);
              out.writeByte(SIDES.indexOf(side));
            };
        for (int i = 0; i < count(); i++) {
          sink.add(digest(i), coarse(i), fine(i), side(i));
        }
        more.to(sink);
      }
      staged.commit();
    }
  }
}
