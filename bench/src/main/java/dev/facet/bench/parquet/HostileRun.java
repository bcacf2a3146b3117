package dev.facet.bench.parquet;

import com.sun.management.ThreadMXBean;
import dev.facet.base.FacetException;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Row;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Reads damaged copies of one file, and prints a line of {@link Outcome}s for each. */
final class HostileRun {
  /** Status of a process that ends itself. */
  static final int HANGS = 7;

  private static final long PATIENCE_NANOS = 20_000_000_000L;
  private static final long GREEDY = 32 << 20;

  private HostileRun() {}

  /** Takes a reader, a damage, the sound file, and the number of the copy to begin with. */
  public static void main(String[] args) throws IOException {
    Reader reader = Reader.valueOf(args[0]);
    Path sound = Path.of(args[2]);
    List<byte[]> damaged = Damage.valueOf(args[1]).of(Files.readAllBytes(sound));
    Path file = Files.createTempFile(sound.getParent(), "damaged", ".parquet");
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try {
      long whole = digest(reader, sound);
      AtomicLong begin = new AtomicLong(System.nanoTime());
      Thread.ofPlatform().daemon().start(() -> endWhenStuck(begin));
      for (int i = Integer.parseInt(args[3]); i < damaged.size(); i++) {
        Files.write(file, damaged.get(i));
        begin.set(System.nanoTime());
        long allocated = threads.getTotalThreadAllocatedBytes();
        Outcome outcome = outcome(reader, file, whole);
        boolean greedy = threads.getTotalThreadAllocatedBytes() - allocated > GREEDY;
        System.out.println(outcome + (greedy ? " " + Outcome.GREEDY : ""));
      }
    } catch (BadSampleException e) {
      throw new IOException(e);
    } finally {
      Files.delete(file);
    }
    System.exit(0); // whatever threads a library has left behind
  }

  private static void endWhenStuck(AtomicLong begin) {
    while (System.nanoTime() - begin.get() < PATIENCE_NANOS) {
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        return;
      }
    }
    Runtime.getRuntime().halt(HANGS);
  }

  private static Outcome outcome(Reader reader, Path file, long whole) {
    try {
      return digest(reader, file) == whole ? Outcome.SAME : Outcome.OTHER_DATA;
    } catch (Throwable e) {
      return outcome(e);
    }
  }

  /** A library's own threads may fail of an error that reaches the caller as a mere cause. */
  private static Outcome outcome(Throwable thrown) {
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      if (e instanceof OutOfMemoryError) {
        return Outcome.OUT_OF_MEMORY;
      }
      if (e instanceof Error) {
        return Outcome.ERROR;
      }
    }
    boolean declared =
        thrown instanceof IOException
            || thrown instanceof FacetException
            || thrown instanceof BadSampleException;
    return declared ? Outcome.REFUSED : Outcome.UNDECLARED;
  }

  /** A number made of all that the rows hold. */
  private static long digest(Reader reader, Path file) throws IOException, BadSampleException {
    long digest = 1;
    Row row = new Row();
    try (Dataset dataset = reader.open(file)) {
      for (int c = 0; c < dataset.chunkCount(); c++) {
        try (Chunk chunk = dataset.open(c)) {
          for (int r = 0; r < dataset.rowCount(c); r++) {
            chunk.read(r, row);
            digest = 31 * digest + row.id().hashCode();
            digest = 31 * digest + row.captions().hashCode();
            digest = 31 * digest + row.labels().hashCode();
            for (int k = 0; k < row.image().length(); k++) {
              digest = 31 * digest + row.image().u8(k);
            }
          }
        }
      }
    }
    return digest;
  }
}
