package dev.facet.cli.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.facet.base.Json;
import dev.facet.eval.log.EvalLine;
import dev.facet.eval.retrieval.Direction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MlflowRunTest {
  @TempDir private Path folder;
  private final List<String> notes = Collections.synchronizedList(new ArrayList<>());
  private final SequencedMap<String, List<String>> asked = new LinkedHashMap<>();
  private HttpServer server;

  /** What it answers by call; others are refused. */
  private final Map<String, String> answers =
      new LinkedHashMap<>(
          Map.of(
              "POST experiments/create", "{\"experiment_id\": \"7\"}",
              "POST runs/create",
                  "{\"run\": {\"info\": {\"run_id\": \"r1\", \"artifact_uri\":"
                      + " \"mlflow-artifacts:/7/r1/artifacts\"}}}",
              "GET runs/get",
                  "{\"run\": {\"info\": {\"run_id\": \"r1\", \"artifact_uri\": \"/somewhere\"}}}",
              "POST runs/log-batch", "{}",
              "POST runs/update", "{}",
              "PUT artifacts/7/r1/artifacts/report.html", "{}"));

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void settingsFiguresAndFilesGetThere() throws Exception {
    Path report = Files.writeString(folder.resolve("report.html"), "<p>");
    try (MlflowRun run = start(address(), Map.of("train.lr", "0.1", "model[0]", "x"))) {
      run.metric("train/loss", 2.5, 10);
      run.metric("train/loss", Double.NaN, 11);
      Direction direction = new Direction(0.25, 0.5, 1, 1, 1, 1);
      run.evaluation(
          new EvalLine("val", 12, 0, 4, direction, direction, Float.NaN, 0, Instant.EPOCH));
      run.end(true, List.of(report, folder.resolve("not-there.json")));
    }

    assertThat(notes).isEmpty();
    assertThat(asked.get("GET experiments/get-by-name?experiment_name=my+faces")).hasSize(1);
    assertThat(json("POST runs/create", 0).at("/experiment_id").asText()).isEqualTo("7");
    List<JsonNode> batches = new ArrayList<>();
    for (String body : asked.getOrDefault("POST runs/log-batch", List.of())) {
      batches.add(Json.LINE.readTree(body));
    }
    assertThat(batches.stream().flatMap(each -> each.findValuesAsText("key").stream()))
        .contains("train.lr", "model_0_", "train/loss", "eval/val/i2t_r1", "eval/val/t2i_mrr")
        .filteredOn("train/loss"::equals)
        .hasSize(1);
    assertThat(json("POST runs/update", 0).at("/status").asText()).isEqualTo("FINISHED");
    assertThat(asked.get("PUT artifacts/7/r1/artifacts/report.html")).containsExactly("<p>");
  }

  @Test
  void aResumedRunGoesOnInTheSameRunThere() throws Exception {
    for (int session = 0; session < 2; session++) {
      try (MlflowRun run = start(address(), Map.of())) {
        run.metric("train/loss", 2.5, 10);
        run.end(session == 1, List.of());
      }
    }

    assertThat(asked.get("POST runs/create")).hasSize(1);
    assertThat(asked.get("GET runs/get?run_id=r1")).hasSize(1);
    List<String> states = new ArrayList<>();
    for (String body : asked.getOrDefault("POST runs/update", List.of())) {
      states.add(Json.LINE.readTree(body).at("/status").asText());
    }
    assertThat(states).containsExactly("KILLED", "RUNNING", "FINISHED");
  }

  @Test
  void aServerThatIsDownIsToldOnceAndWhatItMissedIsCounted() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (MlflowRun run = start(URI.create("http://127.0.0.1:" + port), Map.of())) {
      for (int step = 0; step < 12_000; step++) {
        run.metric("train/loss", 1, step);
      }
      run.end(true, List.of());
    }

    assertThat(notes).hasSize(2);
    assertThat(notes.get(0)).contains("is not told of this run", "the run goes on");
    assertThat(notes.get(1)).contains("did not take 12,000 figures", "metrics.jsonl");
  }

  @Test
  void aServerThatIsNoMlflowIsToldOnce() throws Exception {
    answers.clear();
    answers.put("GET experiments/get-by-name", "<html>");
    try (MlflowRun run = start(address(), Map.of())) {
      run.metric("train/loss", 1, 1);
      run.end(true, List.of());
    }

    assertThat(notes.get(0)).contains("what answers there is no MLflow");
  }

  @Test
  void aRunThatNeverBeganIsNoRunThere() {
    start(address(), Map.of()).close();

    assertThat(asked).isEmpty();
    assertThat(notes).isEmpty();
  }

  @Test
  void aRunThatFailedIsToldSo() throws IOException {
    try (MlflowRun run = start(address(), Map.of())) {
      run.metric("train/loss", 1, 1);
    }

    assertThat(json("POST runs/update", 0).at("/status").asText()).isEqualTo("FAILED");
  }

  private MlflowRun start(URI address, Map<String, String> parameters) {
    return MlflowRun.start(
        new MlflowRun.Told(address, "my faces", "a run", parameters, folder), notes::add);
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private JsonNode json(String call, int which) throws IOException {
    return Json.LINE.readTree(asked.getOrDefault(call, List.of()).get(which));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path =
        exchange.getRequestURI().toString().replaceAll("^/api/2.0/mlflow(-artifacts)?/", "");
    String call = exchange.getRequestMethod() + " " + path;
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    synchronized (asked) {
      asked.computeIfAbsent(call, any -> new ArrayList<>()).add(body);
    }
    String known = answers.get(call.replaceAll("\\?.*", ""));
    byte[] answer = (known == null ? "{}" : known).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(known == null ? 404 : 200, answer.length);
    try (exchange) {
      exchange.getResponseBody().write(answer);
    }
  }
}
