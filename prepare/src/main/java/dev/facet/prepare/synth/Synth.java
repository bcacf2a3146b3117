package dev.facet.prepare.synth;

import dev.facet.base.FacetException;
import dev.facet.loader.shard.Manifest;
import dev.facet.loader.shard.writing.ShardRow;
import dev.facet.loader.shard.writing.ShardWriter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/**
 * Draws the built-in picture set. Each picture has its own random numbers, from the seed and its
 * number alone, so threads only change how long it takes. Pictures are independent of each other:
 * their order needs no shuffling.
 */
public final class Synth {
  /** Pictures drawn as one task. */
  private static final int BATCH = 64;

  private final SynthSettings settings;
  private final long[] seeds;
  private final long[] ranks;

  private Synth(SynthSettings settings) {
    this.settings = settings;
    SplittableRandom dice = new SplittableRandom(settings.seed());
    this.seeds = dice.longs(settings.count()).toArray();
    this.ranks = dice.longs(settings.count()).toArray();
  }

  /**
   * Draws the pictures and writes them as a folder of shards.
   *
   * @param progress told the number of pictures written so far, on the calling thread
   * @throws FacetException if something lies at the target already
   */
  public static Manifest write(SynthSettings settings, LongConsumer progress) throws IOException {
    Map<String, String> provenance =
        Map.of(
            "generator", "facet synth",
            "seed", Long.toString(settings.seed()),
            "count", Integer.toString(settings.count()),
            "test_share", Double.toString(settings.testShare()));
    ExecutorService pool = Executors.newFixedThreadPool(settings.threads());
    try (ShardWriter writer =
        new ShardWriter(settings.out(), ShardWriter.Settings.of(settings.command(), provenance))) {
      new Synth(settings).drawAll(pool, writer, progress);
      return writer.commit();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("drawing was interrupted; nothing was written");
    } finally {
      pool.shutdownNow();
    }
  }

  private void drawAll(ExecutorService pool, ShardWriter writer, LongConsumer progress)
      throws IOException, InterruptedException {
    long highestTestRank = highestTestRank();
    Deque<Future<List<ShardRow>>> drawing = new ArrayDeque<>();
    int next = 0;
    long written = 0;
    while (next < settings.count() || !drawing.isEmpty()) {
      while (next < settings.count() && drawing.size() < 4 * settings.threads()) {
        int first = next;
        int end = Math.min(settings.count(), first + BATCH);
        drawing.add(pool.submit(() -> draw(first, end, highestTestRank)));
        next = end;
      }
      for (ShardRow row : result(drawing.remove())) {
        writer.write(row);
        progress.accept(++written);
      }
    }
  }

  private List<ShardRow> draw(int first, int end, long highestTestRank) throws IOException {
    List<ShardRow> rows = new ArrayList<>(end - first);
    try (JpegEncoder encoder = new JpegEncoder()) {
      for (int i = first; i < end; i++) {
        SplittableRandom dice = new SplittableRandom(seeds[i]);
        Face face = Face.draw(dice);
        List<String> captions = Caption.of(face, dice);
        Portrait portrait = Portrait.of(face, dice);
        rows.add(
            new ShardRow(
                String.format(Locale.ROOT, "synth-%d-%07d", settings.seed(), i),
                encoder.encode(portrait.image()),
                captions,
                portrait.box(),
                portrait.image().getWidth(),
                portrait.image().getHeight(),
                face.labels(),
                String.format(Locale.ROOT, "facet synth, seed %d, picture %d", settings.seed(), i),
                null,
                ranks[i] <= highestTestRank ? "test" : "train"));
      }
    }
    return rows;
  }

  /** Pictures get random ranks; the test split is exactly the lowest of them. */
  private long highestTestRank() {
    long[] sorted = ranks.clone();
    Arrays.sort(sorted);
    int tests = (int) Math.round(settings.count() * settings.testShare());
    return tests == 0 ? Long.MIN_VALUE : sorted[tests - 1];
  }

  private static List<ShardRow> result(Future<List<ShardRow>> drawn)
      throws IOException, InterruptedException {
    try {
      return drawn.get();
    } catch (ExecutionException e) {
      throw new IOException("cannot draw pictures: " + e.getCause(), e.getCause());
    }
  }
}
