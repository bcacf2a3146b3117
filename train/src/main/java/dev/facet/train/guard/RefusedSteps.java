package dev.facet.train.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.facet.base.Json;
import dev.facet.base.Staged;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The steps that were refused, in {@value #FILE} of the run's folder, one JSON object a line:
 * {@code {"step":7,"rewinds":0,"why":"...","loss":null,"gradient_norm":null,"samples":["a","b"]}}.
 */
public final class RefusedSteps {
  /** The file's name in a run directory; it comes with the first refused step. */
  public static final String FILE = "refused.jsonl";

  private final Path file;

  private RefusedSteps(Path file) {
    this.file = file;
  }

  /** A line. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  private record Line(
      long step, int rewinds, String why, float loss, float gradientNorm, List<String> samples) {}

  /**
   * The file of a run; what a resumed run will do again is cut off.
   *
   * @param step that the run goes on from; 0 begins anew
   * @param rewinds it has made
   */
  public static RefusedSteps of(Path runDir, long step, int rewinds) throws IOException {
    Path file = runDir.resolve(FILE);
    if (Files.exists(file)) {
      StringBuilder kept = new StringBuilder();
      String text = Files.readString(file);
      // What follows the last line feed was being written when the process ended.
      for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
        JsonNode node = Json.LINE.readTree(line);
        int of = node.path("rewinds").asInt();
        if (of < rewinds || (of == rewinds && node.path("step").asLong() <= step && step > 0)) {
          kept.append(line).append('\n');
        }
      }
      Staged.write(file, kept.toString());
    }
    return new RefusedSteps(file);
  }

  /**
   * Adds a step.
   *
   * @param samples ids of its batch
   */
  public void add(
      long step, int rewinds, String why, float loss, float gradientNorm, List<String> samples)
      throws IOException {
    Line line = new Line(step, rewinds, why, loss, gradientNorm, samples);
    Files.write(
        file,
        (Json.LINE.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
