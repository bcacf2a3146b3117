package dev.facet.bench;

import dev.facet.base.Staged;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.clip.ModelPreset;
import dev.facet.model.ops.Precision;
import dev.facet.model.training.FusedAdamW;
import dev.facet.train.Checkpoints;
import dev.facet.train.TrainState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint of a ViT-B/32 with AdamW's moments costs: the copy that a step waits for, and
 * the whole way to the disk, checksums included.
 */
final class SavingBench {
  private static final int CONTEXT = 77;
  private static final int VOCABULARY = 49408;
  private static final int ROUNDS = 5;

  private SavingBench() {}

  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("saving");
    ModelPreset preset = ModelPreset.VIT_B_32;
    try (DualEncoder model =
        DualEncoder.random(
            preset.config(
                preset.imageSize(),
                preset.patchSize(),
                CONTEXT,
                VOCABULARY,
                VOCABULARY - 2,
                VOCABULARY - 1),
            ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32))) {
      FusedAdamW optimizer = new FusedAdamW(model, 0.9, 0.98, 1e-6);
      Checkpoints checkpoints = new Checkpoints(folder, 1, Map.of());
      List<Double> copies = new ArrayList<>();
      List<Double> writes = new ArrayList<>();
      Checkpoints.@Nullable Snapshot snapshot = null;
      for (int round = 0; round <= ROUNDS; round++) {
        TrainState state = new TrainState(round + 1, 0, 0, 0, 0, 0, 1, null);
        long begin = System.nanoTime();
        snapshot = checkpoints.snapshot(model, optimizer.state(), state, snapshot);
        long copied = System.nanoTime();
        snapshot.write();
        if (round > 0) {
          copies.add((copied - begin) / 1e9);
          writes.add((System.nanoTime() - copied) / 1e9);
        }
        checkpoints.prune(state);
      }
      System.out.printf(
          Locale.ROOT,
          "%,d weights, %,d MB; seconds, the middle of %d with the least and the most: copied %s,"
              + " written %s%n",
          model.size(),
          bytes(folder) / 1_000_000,
          ROUNDS,
          text(copies),
          text(writes));
    } finally {
      Staged.delete(folder);
    }
  }

  private static long bytes(Path folder) throws IOException {
    long sum = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
    }
    return sum;
  }

  private static String text(List<Double> seconds) {
    Collections.sort(seconds);
    return String.format(
        Locale.ROOT,
        "%.2f (%.2f to %.2f)",
        seconds.get(seconds.size() / 2),
        seconds.getFirst(),
        seconds.getLast());
  }
}
