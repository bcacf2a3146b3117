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

/** Pictures per second and thread, the whole way from JPEG bytes to a 224-pixel square. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class PictureBenchmark {
  /** Side of the JPEG in pixels. */
  @Param({"250", "512", "1800"})
  int side;

  private PictureWay training;
  private PictureWay evaluation;

  @Setup
  public void draw() throws IOException, BadSampleException {
    training = new PictureWay(side, PictureWay.TRAINING);
    evaluation = new PictureWay(side, PictureWay.EVALUATION);
  }

  @TearDown
  public void free() {
    training.close();
    evaluation.close();
  }

  /** Reduced decoding, random crop, flip, colour matrix. */
  @Benchmark
  public float training() throws BadSampleException {
    return training.make();
  }

  /** Full decoding, antialiased bicubic. */
  @Benchmark
  public float evaluation() throws BadSampleException {
    return evaluation.make();
  }
}
