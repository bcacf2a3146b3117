package dev.facet.bench;

import dev.facet.loader.data.BadSampleException;
import java.io.IOException;
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

/** Pictures per second and thread, from decoded pixels to a 224-pixel square, and its colours. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ResampleBenchmark {
  /** Side of the decoded picture in pixels. */
  @Param({"250", "512"})
  int side;

  private PictureWay training;
  private PictureWay evaluation;

  @Setup
  public void decode() throws IOException, BadSampleException {
    training = new PictureWay(side, PictureWay.TRAINING);
    evaluation = new PictureWay(side, PictureWay.EVALUATION);
  }

  @TearDown
  public void free() {
    training.close();
    evaluation.close();
  }

  /** A new random crop, flip and colour matrix each time. */
  @Benchmark
  public float training() {
    return training.vary();
  }

  /** Pillow's antialiased bicubic. */
  @Benchmark
  public float evaluation() {
    return evaluation.vary();
  }

  /** From bytes to normalised floats, channel after channel. */
  @Benchmark
  public void normalise() {
    training.normalise();
  }
}
