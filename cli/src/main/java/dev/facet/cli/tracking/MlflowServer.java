package dev.facet.cli.tracking;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import dev.facet.base.Printable;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * MLflow's documented REST API (mlflow.org/docs/latest/rest-api.html), as far as a run needs it.
 */
final class MlflowServer implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  /** Parameters in a request, and characters in the value of one, at most: limits of the API. */
  private static final int MOST_PARAMETERS = 100;

  private static final int LONGEST_VALUE = 6000;

  /** How artefacts are addressed that go through the tracking server itself. */
  private static final String THROUGH_SERVER = "mlflow-artifacts:";

  /** A run there. */
  record Run(String id, String artifacts) {}

  /** A figure at a step. */
  record Metric(String key, double value, Instant time, long step) {}

  private final String address;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();

  /**
   * @param address of the server, without the path of the API
   */
  MlflowServer(URI address) {
    this.address = address.toString().replaceAll("/+$", "");
  }

  /** Finds an experiment by its name, or makes it. */
  String experiment(String name) throws IOException, InterruptedException {
    String query =
        "/api/2.0/mlflow/experiments/get-by-name?experiment_name="
            + URLEncoder.encode(name, StandardCharsets.UTF_8);
    HttpResponse<String> found = send(request(query).GET());
    if (found.statusCode() == 200) {
      return text(json(found), "/experiment/experiment_id");
    }
    if (found.statusCode() != 404) {
      throw refused(found);
    }
    ObjectNode body = Json.LINE.createObjectNode();
    body.put("name", name);
    return text(post("experiments/create", body), "/experiment_id");
  }

  Run create(String experiment, String name, Instant start)
      throws IOException, InterruptedException {
    ObjectNode body = Json.LINE.createObjectNode();
    body.put("experiment_id", experiment);
    body.put("run_name", name);
    body.put("start_time", start.toEpochMilli());
    return run(post("runs/create", body));
  }

  /** Takes up a run that was made before. */
  Run resume(String id) throws IOException, InterruptedException {
    update(id, "RUNNING", null);
    HttpResponse<String> found = send(request("/api/2.0/mlflow/runs/get?run_id=" + id).GET());
    if (found.statusCode() != 200) {
      throw refused(found);
    }
    return run(json(found));
  }

  private static Run run(JsonNode answer) throws IOException {
    return new Run(text(answer, "/run/info/run_id"), text(answer, "/run/info/artifact_uri"));
  }

  void parameters(Run run, Map<String, String> all) throws IOException, InterruptedException {
    List<Map.Entry<String, String>> entries = List.copyOf(all.entrySet());
    for (int from = 0; from < entries.size(); from += MOST_PARAMETERS) {
      ObjectNode body = Json.LINE.createObjectNode();
      body.put("run_id", run.id());
      int to = Math.min(entries.size(), from + MOST_PARAMETERS);
      for (Map.Entry<String, String> entry : entries.subList(from, to)) {
        String value = entry.getValue();
        ObjectNode parameter = body.withArray("params").addObject();
        parameter.put("key", key(entry.getKey()));
        parameter.put("value", value.substring(0, Math.min(LONGEST_VALUE, value.length())));
      }
      post("runs/log-batch", body);
    }
  }

  void metrics(Run run, List<Metric> metrics) throws IOException, InterruptedException {
    ObjectNode body = Json.LINE.createObjectNode();
    body.put("run_id", run.id());
    for (Metric metric : metrics) {
      ObjectNode node = body.withArray("metrics").addObject();
      node.put("key", key(metric.key()));
      node.put("value", metric.value());
      node.put("timestamp", metric.time().toEpochMilli());
      node.put("step", metric.step());
    }
    post("runs/log-batch", body);
  }

  /**
   * Sends a file.
   *
   * @throws IOException too where the server keeps artefacts in a place that only MLflow's own
   *     program for Python reaches
   */
  void artifact(Run run, Path file) throws IOException, InterruptedException {
    if (!run.artifacts().startsWith(THROUGH_SERVER)) {
      throw new IOException(
          "it keeps artefacts at %s, not behind its own address (mlflow server --serve-artifacts)"
              .formatted(run.artifacts()));
    }
    String folder = URI.create(run.artifacts()).getPath().replaceAll("^/+", "");
    HttpResponse<String> answer =
        send(
            request("/api/2.0/mlflow-artifacts/artifacts/" + folder + "/" + file.getFileName())
                .header("Content-Type", "application/octet-stream")
                .PUT(HttpRequest.BodyPublishers.ofFile(file)));
    if (answer.statusCode() != 200) {
      throw refused(answer);
    }
  }

  /**
   * Tells how a run stands.
   *
   * @param status RUNNING, FINISHED, FAILED or KILLED
   * @param end null while it goes on
   */
  void update(String id, String status, @Nullable Instant end)
      throws IOException, InterruptedException {
    ObjectNode body = Json.LINE.createObjectNode();
    body.put("run_id", id);
    body.put("status", status);
    if (end != null) {
      body.put("end_time", end.toEpochMilli());
    }
    post("runs/update", body);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private JsonNode post(String call, ObjectNode body) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send(
            request("/api/2.0/mlflow/" + call)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.LINE.writeValueAsString(body))));
    if (answer.statusCode() != 200) {
      throw refused(answer);
    }
    return json(answer);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path)).timeout(ANSWER);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    try {
      return Json.LINE.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new IOException("what answers there is no MLflow", e);
    }
  }

  private static String text(JsonNode answer, String place) throws IOException {
    JsonNode value = answer.at(place);
    if (!value.isTextual()) {
      throw new IOException("what answers there is no MLflow");
    }
    return value.asText();
  }

  private static IOException refused(HttpResponse<String> answer) {
    String body = answer.body();
    return new IOException(
        "it answered "
            + answer.statusCode()
            + ": "
            + Printable.of(body.substring(0, Math.min(200, body.length()))));
  }

  /** Names there have no other characters than these. */
  private static String key(String name) {
    return name.replaceAll("[^\\p{Alnum}_\\-. /]", "_");
  }
}
