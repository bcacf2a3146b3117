package dev.facet.eval.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.eval.retrieval.Direction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678901Z");

  private static final StepTime PARTS = new StepTime(1, 2, 30, 40.5, 5);

  @TempDir Path dir;

  @Test
  void aLineHasTheKeysThatOtherToolsRead() throws IOException {
    try (RunLog log = RunLog.open(dir, 0)) {
      log.append(new StepLine(1, 0, 4.5f, 1e-4, 14.25f, 0.5f, 120.5, 0.012, 3, PARTS, TIME));
      log.append(eval(1));
    }

    assertThat(Files.readString(dir.resolve("metrics.jsonl")))
        .isEqualTo(
            """
            {"type":"step","step":1,"epoch":0,"loss":4.5,"lr":1.0E-4,"logit_scale":14.25,\
            "grad_norm":0.5,"images_per_second":120.5,"data_wait":0.012,"skipped":3,\
            "parts":{"wait_ms":1.0,"copy_ms":2.0,"forward_ms":30.0,"backward_ms":40.5,"update_ms":5.0},\
            "time":"2026-01-02T03:04:05.678901Z"}
            {"type":"eval","set":"val","step":1,"epoch":0,"pairs":40,\
            "image_to_text":{"r1":0.1,"r5":0.2,"r10":0.3,"median_rank":7.5,"mrr":0.15,"mean_rank":9.0},\
            "text_to_image":{"r1":0.2,"r5":0.4,"r10":0.6,"median_rank":6.0,"mrr":0.25,"mean_rank":8.0},\
            "loss":2.5,"loss_batch":20,\
            "time":"2026-01-02T03:04:05.678901Z"}
            """);
  }

  @Test
  void aLineOfTheLoaderHasItsStagesInMilliseconds() throws IOException {
    LoaderLine line =
        new LoaderLine(
            10,
            2.5,
            640,
            1e6,
            1.5,
            Map.of("corrupt", 3L),
            Map.of("decode", new LoaderLine.StageTime(637, 445.9, 0.7, 1.25)),
            TIME);
    try (RunLog log = RunLog.open(dir, 0)) {
      log.append(line);
    }

    assertThat(Files.readString(dir.resolve("metrics.jsonl")))
        .isEqualTo(
            """
            {"type":"loader","step":10,"seconds":2.5,"samples":640,"bytes_per_second":1000000.0,\
            "ring_occupancy":1.5,"skipped":{"corrupt":3},\
            "stages":{"decode":{"count":637,"total_ms":445.9,"p50_ms":0.7,"p95_ms":1.25}},\
            "time":"2026-01-02T03:04:05.678901Z"}
            """);
    assertThat(RunLog.read(dir)).containsExactly(line);
  }

  @Test
  void aStepWithoutALossIsJsonToAnyReaderAndReadBackAsNone() throws IOException {
    try (RunLog log = RunLog.open(dir, 0)) {
      log.append(new StepLine(1, 0, Float.NaN, 1e-4, 14.25f, Float.NaN, 0, 0, 8, PARTS, TIME));
    }

    assertThat(Files.readString(dir.resolve("metrics.jsonl")))
        .contains("\"loss\":null", "\"grad_norm\":null")
        .doesNotContain("NaN");
    assertThat(((StepLine) RunLog.read(dir).getFirst()).loss()).isNaN();
    Files.writeString(
        dir.resolve("metrics.jsonl"),
        Files.readString(dir.resolve("metrics.jsonl")).replace("null", "\"NaN\""));
    assertThat(((StepLine) RunLog.read(dir).getFirst()).loss()).isNaN();
  }

  @Test
  void everyLossReadsBackBitForBit() throws IOException {
    Random random = new Random(1);
    float[] losses = new float[2000];
    try (RunLog log = RunLog.open(dir, 0)) {
      for (int i = 0; i < losses.length; i++) {
        losses[i] = Float.intBitsToFloat(random.nextInt());
        log.append(step(i + 1, losses[i]));
      }
    }

    List<RunLine> lines = RunLog.read(dir);

    assertThat(lines).hasSize(losses.length);
    for (int i = 0; i < losses.length; i++) {
      float read = ((StepLine) lines.get(i)).loss();
      float written = Float.isFinite(losses[i]) ? losses[i] : Float.NaN;
      assertThat(Float.floatToIntBits(read)).isEqualTo(Float.floatToIntBits(written));
    }
  }

  @Test
  void aLineIsOnDiskBeforeTheNextOneBegins() throws IOException {
    try (RunLog log = RunLog.open(dir, 0)) {
      log.append(step(1, 2f));
      assertThat(RunLog.read(dir)).containsExactly(step(1, 2f));
    }
  }

  @Test
  void stepsAfterTheRestoredCheckpointAreCutAndThoseBeforeItKept() throws IOException {
    try (RunLog log = RunLog.open(dir, 0)) {
      for (int i = 1; i <= 5; i++) {
        log.append(step(i, i));
        log.append(eval(i));
      }
    }

    try (RunLog log = RunLog.open(dir, 3)) {
      log.append(step(4, 40f));
    }

    assertThat(RunLog.read(dir))
        .containsExactly(
            step(1, 1), eval(1), step(2, 2), eval(2), step(3, 3), eval(3), step(4, 40f));
  }

  @Test
  void theLogTellsWhichEvaluationWasTheLast() throws IOException {
    try (RunLog log = RunLog.open(dir, 0)) {
      assertThat(log.evaluatedStep("val")).isZero();
      log.append(step(1, 1));
      log.append(eval(2));
      log.append(eval(4));
      assertThat(log.evaluatedStep("val")).isEqualTo(4);
      assertThat(log.evaluatedStep("another")).isZero();
    }
    try (RunLog log = RunLog.open(dir, 3)) {
      assertThat(log.evaluatedStep("val")).isEqualTo(2);
    }
  }

  @Test
  void theUnfinishedLineOfAKilledProcessIsCut() throws IOException {
    try (RunLog log = RunLog.open(dir, 0)) {
      log.append(step(1, 1));
    }
    Files.writeString(
        dir.resolve("metrics.jsonl"), "{\"type\":\"step\",\"st", StandardOpenOption.APPEND);
    assertThat(RunLog.read(dir)).containsExactly(step(1, 1));

    try (RunLog log = RunLog.open(dir, 1)) {
      log.append(step(2, 2));
    }

    assertThat(RunLog.read(dir)).containsExactly(step(1, 1), step(2, 2));
  }

  @Test
  void aRunFromTheBeginningStartsAnEmptyLog() throws IOException {
    try (RunLog log = RunLog.open(dir, 0)) {
      log.append(eval(0));
    }

    RunLog.open(dir, 0).close();

    assertThat(RunLog.read(dir)).isEmpty();
  }

  @Test
  void aDamagedLineIsNamedWithItsNumber() throws IOException {
    Files.writeString(dir.resolve("metrics.jsonl"), "{\"type\":\"step\",\"step\":1}\n\0\0\0\n");

    assertThatThrownBy(() -> RunLog.open(dir, 5))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("metrics.jsonl, line 2, is damaged");
  }

  @Test
  void keysOfNewerVersionsArePassedOver() throws IOException {
    Files.writeString(
        dir.resolve("metrics.jsonl"),
        "{\"type\":\"step\",\"step\":7,\"colour\":\"red\",\"time\":\"2026-01-01T00:00:00Z\"}\n");

    assertThat(RunLog.read(dir)).singleElement().extracting(RunLine::step).isEqualTo(7L);
  }

  static StepLine step(long step, float loss) {
    return new StepLine(step, 0, loss, 3e-4, 14.3f, 1.1f, 99, 0.01, 0, PARTS, TIME);
  }

  static EvalLine eval(long step) {
    return new EvalLine(
        "val",
        step,
        0,
        40,
        new Direction(0.1, 0.2, 0.3, 7.5, 0.15, 9),
        new Direction(0.2, 0.4, 0.6, 6, 0.25, 8),
        2.5f,
        20,
        TIME);
  }
}
