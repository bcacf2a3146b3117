package dev.facet.loader.index;

import dev.facet.base.FacetException;
import dev.facet.base.GitLfs;
import dev.facet.loader.index.Entry.Picture;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Scans the parts of a list by several threads and writes their entries in the order of one: a scan
 * keeps up to 4 MB of entries to itself, then waits until the parts before it are written. The
 * first part in the order never waits, so neither does the whole.
 */
final class OrderedScan {
  private static final int KEPT_BYTES = 4 << 20;
  private static final int MOST_THREADS = 8;

  /** So many pictures of a part are looked for to tell where they lie. */
  private static final int FIRST_PICTURES = 8;

  private final ListFormat format;
  private final Division division;
  private final IndexWriter writer;
  private int turn;
  private @Nullable Throwable failure;

  private OrderedScan(ListFormat format, Division division, IndexWriter writer) {
    this.format = format;
    this.division = division;
    this.writer = writer;
  }

  /**
   * Scans everything.
   *
   * @throws FacetException if a part cannot be read; of several, the first in order
   * @throws IOException if the index cannot be written
   */
  static void run(ListFormat format, Division division, List<ListedFile> parts, IndexWriter writer)
      throws IOException {
    OrderedScan scan = new OrderedScan(format, division, writer);
    int threads = Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS);
    // Closing waits for all of them.
    try (ExecutorService pool =
        Executors.newFixedThreadPool(Math.clamp(parts.size(), 1, threads))) {
      for (int i = 0; i < parts.size(); i++) {
        int number = i;
        pool.execute(() -> scan.scan(parts.get(number), number));
      }
    }
    if (Thread.interrupted()) {
      Thread.currentThread().interrupt();
      throw FacetException.run("interrupted while indexing");
    }
    scan.rethrow();
  }

  private void rethrow() throws IOException {
    switch (failure) {
      case null -> {}
      case IOException writing -> throw writing;
      case RuntimeException known -> throw known;
      case Error error -> throw error;
      default -> throw new IllegalStateException(failure);
    }
  }

  private void scan(ListedFile part, int number) {
    PartSink sink = new PartSink(number, part);
    try {
      try {
        GitLfs.refuse(part.path());
        format.scan(part, sink);
      } catch (WriteException e) {
        throw e.reason;
      } catch (IOException e) {
        sink.drain(); // an earlier part may fail too, and counts first
        throw FacetException.run("cannot read " + part.path() + ": " + e.getMessage(), e);
      }
      sink.noteMalformed();
      sink.drain();
      next();
    } catch (Throwable e) {
      stop(e);
    }
  }

  /** Waits for this part's turn. */
  private synchronized void await(int number) throws IOException {
    while (turn < number && failure == null) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
    if (failure != null) {
      throw new IOException("an earlier part failed", failure);
    }
  }

  private synchronized void next() {
    turn++;
    notifyAll();
  }

  private synchronized void stop(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
    notifyAll();
  }

  /** The index cannot be written; tells that from a list that cannot be read. */
  private static final class WriteException extends IOException {
    private static final long serialVersionUID = 1L;
    private final IOException reason;

    WriteException(IOException reason) {
      super(reason);
      this.reason = reason;
    }
  }

  private final class PartSink implements Sink {
    private final int number;
    private final ListedFile part;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);
    private final List<String> splits = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Set<String> firstPictures = new LinkedHashSet<>();
    private String lastSplit;
    private long malformed;
    private String firstMalformed = "";

    PartSink(int number, ListedFile part) {
      this.number = number;
      this.part = part;
      this.lastSplit = part.split();
    }

    @Override
    public void add(Entry entry) throws IOException {
      add(entry, division.split(part, entry));
    }

    private void add(Entry entry, String split) throws IOException {
      EntryFormat.write(entry, number, out);
      if (firstPictures.size() < FIRST_PICTURES
          && entry.picture() instanceof Picture.InFile(String path)
          && !path.startsWith("/")) {
        firstPictures.add(path);
      }
      lastSplit = entry.split();
      splits.add(split);
      ends.add(bytes.size());
      if (bytes.size() > KEPT_BYTES) {
        try {
          drain();
        } catch (IOException e) {
          throw new WriteException(e);
        }
      }
    }

    @Override
    public void addMalformed(long at, @Nullable String id, String why) throws IOException {
      firstMalformed = malformed++ == 0 ? why : firstMalformed;
      add(Entry.malformed(lastSplit, at, id, why), lastSplit);
    }

    @Override
    public void note(String note) {
      notes.add(note);
    }

    void noteMalformed() {
      if (malformed > 0) {
        notes.add(
            String.format(
                Locale.ROOT,
                "%s: %d %s malformed and will be skipped and counted; the first: %s",
                part.name(),
                malformed,
                malformed == 1 ? "row is" : "rows are",
                firstMalformed));
      }
    }

    void drain() throws IOException {
      await(number);
      byte[] all = bytes.toByteArray();
      int begin = 0;
      for (int i = 0; i < splits.size(); i++) {
        writer.add(splits.get(i), number, all, begin, ends.get(i) - begin);
        begin = ends.get(i);
      }
      notes.forEach(writer::note);
      writer.firstPictures(number, firstPictures);
      bytes.reset();
      splits.clear();
      ends.clear();
      notes.clear();
    }
  }
}
