package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.Json;
import dev.facet.cli.command.Facet;
import dev.facet.cli.console.Console;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The newcomer's first run, as shipped; minutes long. */
@Tag("slow")
class QuickstartTest {
  @TempDir Path folder;

  @Test
  void theQuickstartFindsPicturesItHasNeverSeen() throws Exception {
    int code =
        Facet.run(
            Console.system(),
            new AllWork(),
            "train",
            "--config",
            "../configs/quickstart.yaml",
            "--set",
            "data.root=" + folder.resolve("data"),
            "--set",
            "run.dir=" + folder.resolve("run"));
    assertThat(code).isZero();
    JsonNode result = Json.LINE.readTree(folder.resolve("run/eval.json").toFile());
    assertThat(result.path("images").asInt()).isGreaterThanOrEqualTo(500);
    for (String direction : new String[] {"image_to_text", "text_to_image"}) {
      assertThat(result.path(direction).path("r1").asDouble())
          .as(direction)
          .isGreaterThanOrEqualTo(0.40);
      assertThat(result.path(direction).path("r10").asDouble())
          .as(direction)
          .isGreaterThanOrEqualTo(0.80);
    }
  }
}
