package dev.facet.loader.bench;

import dev.facet.loader.Batch;
import dev.facet.loader.Dataset;
import dev.facet.loader.ImageSettings;
import dev.facet.loader.Loader;
import dev.facet.loader.LoaderSettings;
import dev.facet.loader.LoaderStats;
import dev.facet.loader.Position;
import dev.facet.loader.Quarantine;
import dev.facet.loader.TextEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Measures how fast batches come when the consumer does nothing with them. */
public final class LoaderBench {
  private LoaderBench() {}

  /**
   * What was measured, after the warm-up.
   *
   * @param seconds measured time
   * @param images good samples delivered
   * @param imagesPerSecond images / seconds
   * @param bytesPerSecond encoded bytes read per second
   * @param waitShare share of the time in which the consumer was blocked; near 1 here, where it has
   *     nothing else to do
   * @param readShare share of the threads' work spent on opening chunks and reading rows
   * @param decodeShare share spent on decoding
   * @param transformShare share spent on cropping and resampling
   * @param textShare share spent on tokens
   * @param peakBytes peak resident memory of the process since its start; 0 where unknown
   * @param skipped bad samples, warm-up included
   */
  public record Result(
      double seconds,
      long images,
      double imagesPerSecond,
      double bytesPerSecond,
      double waitShare,
      double readShare,
      double decodeShare,
      double transformShare,
      double textShare,
      long peakBytes,
      long skipped) {}

  /** Runs over as many epochs as the time takes; {@code settings.epochs()} does not matter. */
  public static Result run(
      Dataset dataset,
      LoaderSettings settings,
      ImageSettings images,
      TextEncoder text,
      int warmupSeconds,
      int seconds)
      throws InterruptedException {
    try (Loader loader =
        Loader.start(dataset, endless(settings), images, text, Quarantine.none(), Position.START)) {
      consume(loader, warmupSeconds);
      LoaderStats before = loader.stats();
      long begin = System.nanoTime();
      long delivered = consume(loader, seconds);
      double elapsed = (System.nanoTime() - begin) / 1e9;
      LoaderStats after = loader.stats();
      long read = after.readNanos() - before.readNanos();
      long decode = after.decodeNanos() - before.decodeNanos();
      long transform = after.transformNanos() - before.transformNanos();
      long tokens = after.textNanos() - before.textNanos();
      double work = Math.max(1, read + decode + transform + tokens);
      return new Result(
          elapsed,
          delivered,
          delivered / elapsed,
          (after.bytes() - before.bytes()) / elapsed,
          (after.waitNanos() - before.waitNanos()) / 1e9 / elapsed,
          read / work,
          decode / work,
          transform / work,
          tokens / work,
          peakResidentBytes(),
          after.badTotal());
    }
  }

  private static long consume(Loader loader, int seconds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    long images = 0;
    while (System.nanoTime() < end) {
      try (Batch batch = loader.next()) {
        if (batch == null) {
          break;
        }
        images += batch.size();
      }
    }
    return images;
  }

  private static LoaderSettings endless(LoaderSettings s) {
    return new LoaderSettings(
        s.batch(),
        s.threads(),
        s.slots(),
        s.window(),
        s.seed(),
        s.rank(),
        s.ranks(),
        s.shuffle(),
        s.dropLast(),
        Integer.MAX_VALUE,
        s.maxBadFraction());
  }

  /** VmHWM, which Linux alone has. */
  private static long peakResidentBytes() {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    try {
      for (String line : Files.readAllLines(status, StandardCharsets.UTF_8)) {
        if (line.startsWith("VmHWM:")) {
          return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
      return 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
