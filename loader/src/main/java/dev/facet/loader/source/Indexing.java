package dev.facet.loader.source;

import dev.facet.base.FacetException;
import dev.facet.loader.data.Format;
import dev.facet.loader.index.Entry;
import dev.facet.loader.index.ListFormat;
import dev.facet.loader.index.ListedFile;
import dev.facet.loader.index.Sink;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The work of making a list's index, which a data set of this kind needs once.
 *
 * @param bytes of all files of the list; of pictures with texts beside them, the pictures' number
 * @param time about how long it takes where the disk keeps up; null where the beginning of the list
 *     does not tell
 */
public record Indexing(long bytes, @Nullable Duration time) {
  /** As much of a list is read to tell how fast the rest will be. */
  private static final int BEGINNING = 16 << 20;

  private static final int MOST_PICTURES = 2000;

  /** The first time carries the start of the program. */
  private static final int TIMES = 3;

  private static final int MOST_THREADS = 8;

  /** Thrown when enough was seen. */
  private static final class Enough extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Of which nobody can tell how long it takes. */
  static Indexing untold(List<ListedFile> parts) {
    return new Indexing(parts.stream().mapToLong(ListedFile::size).sum(), null);
  }

  static Indexing of(ListFormat list, Format format, List<ListedFile> parts) {
    long all = parts.stream().mapToLong(ListedFile::size).sum();
    ListedFile largest =
        parts.stream().max(Comparator.comparingLong(ListedFile::size)).orElseThrow();
    double perUnit;
    try {
      perUnit = format == Format.SIDECAR ? ofPictures(list, largest) : ofBeginning(list, largest);
    } catch (IOException | FacetException e) {
      return untold(parts); // making the index will tell what is wrong
    }
    int threads =
        Math.min(Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS), parts.size());
    return new Indexing(all, Duration.ofNanos((long) (perUnit * all / threads)));
  }

  /** Nanoseconds for each byte of a list. */
  private static double ofBeginning(ListFormat list, ListedFile part) throws IOException {
    Path folder = Files.createTempDirectory("facet-index-");
    Path copy = folder.resolve(String.valueOf(part.path().getFileName()));
    try {
      long copied;
      try (InputStream in = Files.newInputStream(part.path());
          OutputStream out = Files.newOutputStream(copy)) {
        byte[] beginning = in.readNBytes(BEGINNING);
        out.write(beginning);
        copied = Math.max(1, beginning.length);
      }
      ListedFile beginning = new ListedFile(copy, part.name(), part.split(), copied, part.stamp());
      return (double) time(list, beginning, Long.MAX_VALUE).nanos() / copied;
    } finally {
      Files.deleteIfExists(copy);
      Files.deleteIfExists(folder);
    }
  }

  /** Nanoseconds for each picture of a folder. */
  private static double ofPictures(ListFormat list, ListedFile part) throws IOException {
    Timed timed = time(list, part, MOST_PICTURES);
    return (double) timed.nanos() / Math.max(1, timed.entries());
  }

  private record Timed(long nanos, long entries) {}

  private static Timed time(ListFormat list, ListedFile part, long most) throws IOException {
    Timed last = new Timed(0, 0);
    for (int i = 0; i < TIMES; i++) {
      Counting sink = new Counting(most);
      long begin = System.nanoTime();
      try {
        list.scan(part, sink);
      } catch (Enough e) {
        // as wanted
      }
      last = new Timed(System.nanoTime() - begin, sink.entries);
    }
    return last;
  }

  private static final class Counting implements Sink {
    private final long most;
    private long entries;

    Counting(long most) {
      this.most = most;
    }

    @Override
    public void add(Entry entry) throws IOException {
      if (++entries >= most) {
        throw new Enough();
      }
    }

    @Override
    public void addMalformed(long number, @Nullable String id, String why) throws IOException {
      if (++entries >= most) {
        throw new Enough();
      }
    }

    @Override
    public void note(String note) {}
  }
}
