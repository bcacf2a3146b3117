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

    Path prompts = folder.resolve("prompts.json");
    Files.writeString(prompts, PROMPTS);
    String[] grouped = {"eval", "--run", run, "--split", "train", "--by", "glasses"};
    String[] asked = {
      "--zero-shot",
      prompts.toString(),
      "--require",
      "groups.glasses.values.none.images>=1",
      "--probe",
      "glasses",
      "--fractions",
      "0.25,1",
      "--require",
      "probe.glasses.0.25.test>=1"
    };
    assertThat(facet.facet(SmallRun.concat(grouped, asked))).as(facet.err()).isZero();
    assertThat(facet.out()).contains("zero-shot attributes", "most frequent");
    JsonNode told = Json.LINE.readTree(facet.run().resolve("eval-train.json").toFile());
    JsonNode attribute = told.at("/zero_shot/attributes/wears glasses");
    assertThat(attribute.at("/interval/average_precision")).hasSize(2);
    assertThat(attribute.get("mean_per_class_recall"))
        .isEqualTo(attribute.get("balanced_accuracy"));
    assertThat(attribute.get("pictures").asInt()).isEqualTo(images);
    assertThat(told.at("/probe/glasses/1/labelled").asInt())
        .isEqualTo(images - told.at("/probe/glasses/1/test").asInt());
    assertThat(told.at("/probe/glasses/0.25/interval/accuracy")).hasSize(2);
    assertThat(told.at("/probe/glasses/0.25/counts")).isEqualTo(told.at("/probe/glasses/1/counts"));
    assertThat(told.at("/zero_shot/mean/accuracy")).isEqualTo(attribute.get("accuracy"));
    assertThat(Files.readString(facet.run().resolve("report-train.html")))
        .contains("<h2>zero-shot attributes</h2>", "wears glasses", "<h2>probe of glasses</h2>");

    assertThat(
            facet.facet(
                SmallRun.concat(
                    grouped, "--require", "groups.glasses.values.nine.text_to_image.r1>=0.1")))
        .isEqualTo(2);
    assertThat(facet.err()).contains("near it are", "groups.glasses.values.none.text_to_image.r1");
  }

  private static final String PROMPTS =
      """
      {"attributes": [{"name": "wears glasses", "label": "glasses", "classes": [
        {"name": "none", "prompts": ["a face without glasses"]},
        {"name": "some", "values": ["round glasses", "square glasses", "sunglasses"],
         "prompts": ["a face with glasses", "a face with sunglasses"]}]}]}
      """;
}
