package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program splits figures by labels. */
final class GroupedRunTest {
  @TempDir private Path folder;

  @Test
  void figuresAreSplitByALabelAndAnUnknownOneIsRefusedBeforeAnythingIsScored() throws IOException {
    SmallRun facet = new SmallRun(folder).withPictures();
    assertThat(facet.train("--set", "train.epochs=1")).as(facet.err()).isZero();
    String run = facet.run().toString();

    assertThat(facet.facet("eval", "--run", run, "--split", "train", "--by", "glasses"))
        .as(facet.err())
        .isZero();
    assertThat(facet.out()).contains("by glasses", "largest gap", "sunglasses");
    assertThat(facet.err()).contains("searched among is the whole set");
    JsonNode eval = Json.LINE.readTree(facet.run().resolve("eval-train.json").toFile());
    int images = 0;
    for (JsonNode value : eval.at("/groups/glasses/values")) {
      images += value.get("images").asInt();
      assertThat(value.at("/text_to_image/interval/r1")).hasSize(2);
    }
    assertThat(images).isEqualTo(eval.get("images").asInt());
    assertThat(Files.readString(facet.run().resolve("report-train.html")))
        .contains("<h2>By glasses</h2>", "largest gap");

    String again = Files.readString(facet.run().resolve("eval-train.json"));
    assertThat(facet.facet("eval", "--run", run, "--split", "train", "--by", "glases"))
        .isEqualTo(2);
    assertThat(facet.err()).contains("has a label glases (did you mean glasses?)");
    assertThat(Files.readString(facet.run().resolve("eval-train.json"))).isEqualTo(again);
  }
}
