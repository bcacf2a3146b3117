package dev.facet.bench;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.clip.ModelPreset;
import dev.facet.model.ops.Precision;
import dev.facet.model.training.FusedAdamW;
import dev.facet.model.training.MicroBatches;
import dev.facet.model.training.TrainingBatch;
import dev.facet.model.training.TrainingStep;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One training step on random input in memory: both towers, loss, gradients, clipping, AdamW. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--enable-native-access=ALL-UNNAMED",
      "-Dai.djl.offline=true",
      "-Dai.djl.pytorch.graph_optimizer=false"
    })
public class StepBenchmark {
  private static final int VOCABULARY = 2048;
  private static final int CONTEXT = 32;

  @Param({"FLOAT32", "BFLOAT16"})
  private Precision precision;

  /** Pairs in the step. */
  @Param("256")
  private int batch;

  /** In which they go through the model; the peak of the process's memory is told at the end. */
  @Param("1")
  private int parts;

  private DualEncoder model;
  private TrainingStep training;
  private FusedAdamW optimizer;
  private ByteBuffer images;
  private ByteBuffer colour;
  private ByteBuffer tokens;
  private ByteBuffer captionIds;
  private long step;

  @Setup
  public void fill() {
    ModelPreset preset = ModelPreset.TINY;
    int side = preset.imageSize();
    model =
        DualEncoder.random(
            preset.config(
                side, preset.patchSize(), CONTEXT, VOCABULARY, VOCABULARY - 2, VOCABULARY - 1),
            ModelOptions.plain(DeviceChoice.AUTO, precision));
    training = new TrainingStep(model.contrastive());
    optimizer = new FusedAdamW(model, 0.9, 0.98, 1e-6);
    Random random = new Random(0);
    images = direct(3 * batch * side * side);
    while (images.hasRemaining()) {
      images.put((byte) random.nextInt());
    }
    colour = direct(4 * 12 * batch);
    tokens = direct(8 * CONTEXT * batch);
    captionIds = direct(8 * batch);
    for (int i = 0; i < batch; i++) {
      for (int channel = 0; channel < 3; channel++) {
        for (int column = 0; column < 4; column++) {
          colour.putFloat(column == channel ? 1 / 64f : column == 3 ? -2 : 0);
        }
      }
      for (int place = 0; place < CONTEXT - 1; place++) {
        tokens.putLong(random.nextInt(VOCABULARY - 2));
      }
      tokens.putLong(VOCABULARY - 1);
      captionIds.putLong(i);
    }
    images.flip();
    colour.flip();
    tokens.flip();
    captionIds.flip();
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  @Benchmark
  public float step() {
    try (NDManager scope = model.manager().newSubManager()) {
      float loss = training.gradients(new Parts(), step).total();
      optimizer.clipGradients(scope, 1);
      optimizer.step(scope, ++step, 1e-3, 0.1);
      return loss;
    }
  }

  private final class Parts implements MicroBatches {
    @Override
    public int parts() {
      return parts;
    }

    @Override
    public TrainingBatch part(NDManager scope, int part) {
      int pairs = batch / parts;
      return new TrainingBatch(
          model.pixels(scope, slice(images, part), slice(colour, part), pairs),
          model.ids(scope, slice(tokens, part), pairs),
          scope.create(slice(captionIds, part), new Shape(pairs), DataType.INT64),
          0);
    }

    private ByteBuffer slice(ByteBuffer all, int part) {
      int bytes = all.limit() / parts;
      return all.slice(part * bytes, bytes).order(ByteOrder.nativeOrder());
    }
  }

  @TearDown
  public void free() throws IOException {
    System.out.printf(Locale.ROOT, "peak memory %.2f GB%n", VitStep.memory("VmHWM") / 1e6);
    model.close();
  }
}
