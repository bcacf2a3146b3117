package dev.facet.cli.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.cli.console.Console;
import dev.facet.cli.console.Terminal;
import dev.facet.cli.request.RunsRequest;
import dev.facet.eval.log.EndLine;
import dev.facet.eval.log.EvalLine;
import dev.facet.eval.log.RunLine;
import dev.facet.eval.log.RunLog;
import dev.facet.eval.log.StartLine;
import dev.facet.eval.log.StepLine;
import dev.facet.eval.retrieval.Direction;
import dev.facet.train.RunDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunsWorkTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();

  @Test
  void runsAreToldSideBySideWithWhatTheyFoundAndCost() throws IOException {
    run("a", "train: {lr: 1e-3, batch: 32}", log(32, 10, eval("val", 4, 0.2), eval("val", 8, 0.1)));
    run("deep/b", "train: {lr: 1e-4, batch: 64}", log(64, 10, eval("val", 8, 0.4)));

    JsonNode found = json();

    assertThat(found.at("/runs")).hasSize(2);
    JsonNode a = found.at("/runs/0");
    assertThat(a.at("/name").asText()).isEqualTo("a");
    assertThat(a.at("/state").asText()).isEqualTo("done");
    assertThat(a.at("/total_steps").asInt()).isEqualTo(10);
    // Of 320 samples two were skipped, in the ten seconds between first and last line.
    assertThat(a.at("/samples").asInt()).isEqualTo(318);
    assertThat(a.at("/seconds").asDouble()).isEqualTo(10);
    assertThat(a.at("/samples_per_second").asDouble()).isEqualTo(31.8);
    assertThat(a.at("/loss").asDouble()).isCloseTo(0.1, within(1e-6));
    assertThat(a.at("/best/val/step").asInt()).isEqualTo(4);
    assertThat(a.at("/best/val/mean_recall").asDouble()).isCloseTo(0.2, within(1e-12));
    assertThat(found.at("/runs/1/name").asText()).isEqualTo("deep/b");
    assertThat(found.at("/settings/train.lr")).hasToString("[\"0.001\",\"1.0E-4\"]");
    assertThat(found.at("/settings").size()).isEqualTo(2);
    assertThat(found.at("/notes/0").asText()).contains("losses are not to be compared");
  }

  @Test
  void aPauseBetweenTwoSessionsCostsNothing() throws IOException {
    List<RunLine> lines = new ArrayList<>();
    lines.add(new StartLine(0, 4, 8, "1", TIME));
    lines.add(step(1, 2, TIME.plusSeconds(5)));
    lines.add(new StartLine(1, 4, 8, "2", TIME.plusSeconds(5000)));
    lines.add(step(2, 2, TIME.plusSeconds(5007)));
    run("a", "{}", lines);

    JsonNode a = json().at("/runs/0");

    assertThat(a.at("/seconds").asDouble()).isEqualTo(12);
    assertThat(a.at("/version").asText()).isEqualTo("2");
    assertThat(a.at("/state").asText()).isEqualTo("broken off");
    assertThat(a.at("/problem").asText()).contains("--resume", "not evaluated yet");
  }

  @Test
  void aRunThatGoesOnIsToldFromOneThatWasKilled() throws IOException {
    Path going = run("going", "{}", List.of(new StartLine(0, 4, 8, "1", TIME), step(1, 1, TIME)));
    Path killed = run("killed", "{}", List.of(new StartLine(0, 4, 8, "1", TIME), step(1, 1, TIME)));
    Path away = run("away", "{}", List.of(new StartLine(0, 4, 8, "1", TIME), step(1, 1, TIME)));
    Files.writeString(killed.resolve("lock"), lock(Long.MAX_VALUE, hostOfLock()));
    Files.writeString(away.resolve("lock"), lock(1, "another-machine"));

    try (RunDirectory held = RunDirectory.take(going, note -> {})) {
      held.begin();
      JsonNode found = json();
      assertThat(found.at("/runs").findValuesAsText("state"))
          .containsExactly("held elsewhere", "going on", "broken off");
      assertThat(found.at("/runs/0/problem").asText()).contains("process 1 on another-machine");
    }
  }

  @Test
  void whatCannotBeReadIsToldAndHidesNoOtherRun() throws IOException {
    run("fine", "{}", log(8, 3, eval("val", 3, 0.5)));
    Path torn = run("torn", "{}", List.of());
    Files.writeString(torn.resolve("metrics.jsonl"), "{\"type\":\"step\"}\n\0\n{}\n");
    run("other", "train: {no_such_setting: 3}", log(8, 3, eval("val", 3, 0.5)));
    Path gone = run("gone", "{}", List.of());
    Files.delete(gone.resolve("metrics.jsonl"));
    Files.createDirectories(gone.resolve("checkpoints/best"));
    Files.writeString(gone.resolve("checkpoints/best/config.yaml"), "{}");
    run("empty", "{}", List.of());

    JsonNode found = json();

    assertThat(found.at("/runs").findValuesAsText("name"))
        .containsExactly("empty", "fine", "gone", "other", "torn");
    assertThat(found.at("/runs").findValuesAsText("state"))
        .containsExactly("no step yet", "done", "broken", "done", "broken");
    assertThat(found.at("/runs/3/problem").asText()).contains("no_such_setting");
    assertThat(found.at("/runs/4/problem").asText()).contains("metrics.jsonl, line 2");
    assertThat(found.at("/settings")).isEmpty();
  }

  @Test
  void runsOfSeveralVersionsAreToldApart() throws IOException {
    run("a", "{}", List.of(new StartLine(0, 4, 8, "1.0", TIME), step(1, 1, TIME)));
    run("b", "{}", List.of(new StartLine(0, 4, 8, "1.1", TIME), step(1, 1, TIME)));

    assertThat(table()).contains("different versions of Facet (1.0, 1.1)", "no setting differs");
  }

  @Test
  void thePageHoldsCurvesWithTheirNumbersAndRunsNothing() throws IOException {
    run("a", "train: {batch: 32}", log(32, 10, eval("val", 4, 0.2), eval("val", 8, 0.1)));
    run("<b>", "train: {batch: 64}", log(64, 10, eval("val", 8, 0.4)));
    table();

    String page = Files.readString(folder.resolve("runs.html"));

    assertThat(page)
        .contains("default-src 'none'", "Training loss, by optimizer step")
        .contains("Training loss, by samples", "Mean recall, held out: val, by samples")
        .contains("<summary>Numbers</summary>", "<th scope=\"row\">318</th>", "&lt;b&gt;")
        .doesNotContain("<b>", "<script");
  }

  @Test
  void aFolderWithoutRunsIsRefusedWithTheCure() throws IOException {
    Files.createDirectories(folder.resolve("configs"));
    Files.writeString(folder.resolve("configs/config.yaml"), "{}");

    assertThatThrownBy(this::table)
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("has no run in it");
    assertThat(folder.resolve("runs.html")).doesNotExist();
  }

  private String table() throws IOException {
    return told(null, false);
  }

  private JsonNode json() throws IOException {
    return Json.LINE.readTree(told(folder.resolve("page.html"), true));
  }

  private String told(@Nullable Path page, boolean json) throws IOException {
    Console console =
        new Console(
            new PrintWriter(out, true), new PrintWriter(new StringWriter(), true), Terminal.NONE);
    RunsWork.run(new RunsRequest(folder, page, json), console);
    return out.toString();
  }

  private Path run(String name, String config, List<RunLine> lines) throws IOException {
    Path run = Files.createDirectories(folder.resolve(name));
    Files.writeString(run.resolve("config.yaml"), config);
    try (RunLog log = RunLog.open(run, 0)) {
      for (RunLine line : lines) {
        log.append(line);
      }
    }
    return run;
  }

  /** A finished run of a second a step, with losses 1 / step. */
  private static List<RunLine> log(int batch, int steps, EvalLine... evaluations) {
    List<RunLine> lines = new ArrayList<>();
    lines.add(new StartLine(0, steps, batch, "1", TIME));
    for (int step = 1; step <= steps; step++) {
      lines.add(step(step, 1f / step, TIME.plusSeconds(step)));
      for (EvalLine line : evaluations) {
        if (line.step() == step) {
          lines.add(line);
        }
      }
    }
    lines.add(new EndLine(steps, true, TIME.plusSeconds(steps)));
    return lines;
  }

  private static StepLine step(int step, float loss, Instant time) {
    return new StepLine(step, 0, loss, 1e-3, 14, 1, 100, 0, 2, null, time);
  }

  private static EvalLine eval(String set, int step, double recall) {
    Direction direction = new Direction(recall, recall, recall, 5, 0.3, 6);
    return new EvalLine(set, step, 0, 40, direction, direction, 1.5f, 16, TIME.plusSeconds(step));
  }

  private String hostOfLock() throws IOException {
    Path other = Files.createDirectories(folder.resolveSibling(folder.getFileName() + "-lock"));
    try (RunDirectory _ = RunDirectory.take(other, note -> {})) {
      return Json.read(other.resolve("lock"), JsonNode.class).path("host").asText();
    }
  }

  private static String lock(long process, String host) throws IOException {
    return Json.LINE.writeValueAsString(
        Map.of("pid", process, "host", host, "since", TIME.toString()));
  }
}
