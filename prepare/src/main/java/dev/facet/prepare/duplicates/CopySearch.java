package dev.facet.prepare.duplicates;

import dev.facet.base.FacetException;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Row;
import dev.facet.loader.decode.DecodeSettings;
import dev.facet.prepare.photo.Photo;
import dev.facet.prepare.photo.PhotoReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Looks through data for copies of one photo, as take-downs need it: by the digest of the bytes and
 * by the perceptual hash. No model is asked, and other photos of the same face are no copies.
 */
public final class CopySearch {
  /** JPEG files may be shrunk by this while they are decoded: a hash needs 32 x 32 means. */
  private static final int REDUCTION = 8;

  /**
   * A copy.
   *
   * @param sameBytes whether it is the same file
   * @param bits in which the perceptual hashes differ, of 128
   */
  public record Copy(String id, String source, long row, boolean sameBytes, int bits) {}

  /**
   * What was found.
   *
   * @param copies same bytes first, then by the bits that differ, then by row
   * @param rows that were looked at
   * @param unreadable rows that could not be held against the photo
   * @param byLooks false if the photo shows too little to be known again by its looks
   */
  public record Result(List<Copy> copies, long rows, long unreadable, boolean byLooks) {}

  private final Dataset dataset;
  private final DecodeSettings limits;
  private final LongConsumer progress;
  private final long[] firstRow;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicLong looked = new AtomicLong();
  private final AtomicLong unreadable = new AtomicLong();
  private final List<Copy> copies = Collections.synchronizedList(new ArrayList<>());

  private CopySearch(Dataset dataset, DecodeSettings limits, LongConsumer progress) {
    this.dataset = dataset;
    this.limits = limits;
    this.progress = progress;
    this.firstRow = new long[dataset.chunkCount()];
    for (int chunk = 1; chunk < firstRow.length; chunk++) {
      firstRow[chunk] = firstRow[chunk - 1] + dataset.rowCount(chunk - 1);
    }
  }

  /**
   * Holds every row's picture against one.
   *
   * @param photo the bytes of a picture file
   * @param limits under which pictures are decoded
   * @param progress told how many rows are done, by any thread
   * @throws FacetException if the photo cannot be read
   */
  public static Result find(
      Dataset dataset,
      byte[] photo,
      DuplicateSettings settings,
      DecodeSettings limits,
      int threads,
      LongConsumer progress)
      throws InterruptedException {
    Likeness wanted;
    try (PhotoReader reader = new PhotoReader(limits)) {
      if (!(reader.read(photo, _ -> REDUCTION) instanceof Photo read)) {
        throw FacetException.usage("the picture to look for cannot be read: name another file");
      }
      wanted = new Likeness(read, settings.near() ? settings.distance() : 0);
    }
    CopySearch search = new CopySearch(dataset, limits, progress);
    search.run(wanted, threads);
    List<Copy> copies = new ArrayList<>(search.copies);
    copies.sort(
        Comparator.comparing((Copy copy) -> !copy.sameBytes)
            .thenComparingInt(Copy::bits)
            .thenComparingLong(Copy::row));
    return new Result(
        List.copyOf(copies), search.looked.get(), search.unreadable.get(), wanted.hasLooks());
  }

  private void run(Likeness wanted, int threads) throws InterruptedException {
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        workers.add(
            pool.submit(
                () -> {
                  work(wanted);
                  return null;
                }));
      }
      try {
        for (Future<?> worker : workers) {
          worker.get();
        }
      } finally {
        next.set(dataset.chunkCount()); // nobody waits for the others' answers after a failure
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof FacetException known
          ? known
          : FacetException.run("the search failed: " + e.getCause(), e);
    }
  }

  private void work(Likeness wanted) {
    Row row = Row.lenient();
    try (PhotoReader reader = new PhotoReader(limits)) {
      for (int chunk = next.getAndIncrement();
          chunk < dataset.chunkCount();
          chunk = next.getAndIncrement()) {
        look(chunk, row, reader, wanted);
      }
    }
  }

  /** A chunk or a row that cannot be read costs its rows, and they are counted. */
  private void look(int chunk, Row row, PhotoReader reader, Likeness wanted) {
    int count = dataset.rowCount(chunk);
    int done = 0;
    try (Chunk open = dataset.open(chunk)) {
      for (; done < count; done++) {
        if (!compare(open, done, row, reader, wanted, firstRow[chunk] + done)) {
          unreadable.incrementAndGet();
        }
      }
    } catch (IOException e) {
      unreadable.addAndGet(count - done);
    }
    progress.accept(looked.addAndGet(count));
  }

  private boolean compare(
      Chunk chunk, int index, Row row, PhotoReader reader, Likeness wanted, long number)
      throws IOException {
    try {
      chunk.read(index, row);
    } catch (BadSampleException e) {
      return false;
    }
    if (!(reader.read(row.image(), _ -> REDUCTION) instanceof Photo photo)) {
      return false;
    }
    Integer bits = wanted.bits(photo);
    if (bits != null) {
      copies.add(new Copy(row.id(), row.source(), number, wanted.sameBytes(photo), bits));
    }
    return true;
  }
}
