package dev.facet.loader;

import dev.facet.augment.Augmentation;
import dev.facet.augment.operation.Brightness;
import dev.facet.augment.operation.Contrast;
import dev.facet.augment.operation.FaceBox;
import dev.facet.augment.operation.Grey;
import dev.facet.augment.operation.Hue;
import dev.facet.augment.operation.Mirror;
import dev.facet.augment.operation.MirroredCaptions;
import dev.facet.augment.operation.RandomResizedCrop;
import dev.facet.augment.operation.Saturation;
import dev.facet.base.Interval;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.picture.ImageSettings;
import dev.facet.loader.quarantine.Quarantine;
import dev.facet.loader.storage.Patience;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;

/** Settings with few words, and batches copied out of the ring to be compared. */
public final class Setup {
  static final ImageSettings IMAGES =
      new ImageSettings(
          16,
          Augmentation.training(
              List.of(
                  new FaceBox(0.2),
                  new RandomResizedCrop(new Interval(0.5, 1), new Interval(0.75, 1.33)),
                  new Mirror(0.5, MirroredCaptions.KEEP),
                  new Brightness(0.2),
                  new Contrast(0.2),
                  new Saturation(0.2),
                  new Hue(0.05),
                  new Grey(0.1))),
          ImageSettings.CLIP_MEAN,
          ImageSettings.CLIP_STD);

  static final TextEncoder TEXT =
      new TextEncoder() {
        @Override
        public int contextLength() {
          return 4;
        }

        @Override
        public void encode(String caption, LongBuffer ids) {
          ids.put(caption.length()).put(caption.hashCode()).put(3).put(4);
        }
      };

  int batch = 8;
  int threads = 2;
  public int slots = 2;
  int window = 2;
  long windowBytes = 1L << 30;
  int openers = 0;
  int rank = 0;
  int ranks = 1;
  int parts = 1;
  public boolean shuffle = true;
  boolean dropLast = false;
  int epochs = 1;
  double maxBad = 0.9;

  /** What is done in place of waiting before another try. */
  Patience.Pause pause = nanos -> true;

  /** A batch's content, out of the ring. */
  record Copy(
      List<Long> rows,
      List<String> ids,
      ByteBuffer images,
      ByteBuffer colour,
      ByteBuffer tokens,
      ByteBuffer pairIds,
      Position next) {
    static Copy of(Batch batch) {
      List<Long> rows = new ArrayList<>();
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < batch.size(); i++) {
        rows.add(batch.row(i));
        ids.add(batch.id(i));
      }
      return new Copy(
          rows,
          ids,
          bytes(batch.images()),
          bytes(batch.colour()),
          bytes(batch.tokens()),
          bytes(batch.pairIds()),
          batch.next());
    }

    private static ByteBuffer bytes(ByteBuffer buffer) {
      return ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
    }
  }

  LoaderSettings settings() {
    return new LoaderSettings(
        batch,
        epochs,
        42,
        new LoaderSettings.Share(rank, ranks),
        shuffle,
        dropLast,
        new ReadSettings(threads, slots, window, windowBytes, openers, maxBad),
        parts);
  }

  public Loader start(Dataset dataset, Quarantine quarantine, Position position) {
    return Loader.start(dataset, settings(), IMAGES, TEXT, quarantine, position, signals -> pause);
  }

  List<Copy> all(Dataset dataset) throws InterruptedException {
    return all(dataset, Position.START);
  }

  List<Copy> all(Dataset dataset, Position position) throws InterruptedException {
    List<Copy> copies = new ArrayList<>();
    try (Loader loader = start(dataset, Quarantine.none(), position)) {
      for (Batch next = loader.next(); next != null; next = loader.next()) {
        try (Batch batch = next) {
          copies.add(Copy.of(batch));
        }
      }
    }
    return copies;
  }

  static List<Long> rows(List<Copy> batches) {
    return batches.stream().flatMap(b -> b.rows().stream()).toList();
  }
}
