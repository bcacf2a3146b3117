package dev.facet.bench;

import dev.facet.augment.memory.Pixels;
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

/** JPEGs per second and thread, from bytes in memory to pixels in memory. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class DecodeBenchmark {
  /** Side of the JPEG in pixels. */
  @Param({"250", "512", "1800"})
  int side;

  /** By how much the decoder shrinks while it decodes. */
  @Param({"1", "2"})
  int reduction;

  private PictureWay way;

  @Setup
  public void draw() throws IOException, BadSampleException {
    way = new PictureWay(side, PictureWay.TRAINING);
  }

  @TearDown
  public void free() {
    way.close();
  }

  @Benchmark
  public Pixels decode() throws BadSampleException {
    return way.decode(reduction);
  }
}
