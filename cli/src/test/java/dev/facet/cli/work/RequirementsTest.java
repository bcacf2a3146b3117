package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.cli.request.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Figures that an evaluation has to reach, and what the real program does where it does not. */
final class RequirementsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "text_to_image.r1>=0.4, 0.4, true",
    "text_to_image.r1>0.4, 0.4, false",
    "image_to_text.median_rank<=3, 3.5, false",
    "rsum<1e2, 99, true",
    "image_retrieval_recall@5 >= .25, 0.25, true",
    "rsum>=0, NaN, false"
  })
  void aFigureIsHeldAgainstItsBound(String text, double value, boolean met) {
    assertThat(Requirement.parse(text).isMetBy(value)).isEqualTo(met);
  }

  @ParameterizedTest
  @ValueSource(strings = {"r1", "text_to_image.r1=0.4", "a>=b", ">=0.4", "a>=1.2.3", ""})
  void whatIsNoRequirementIsRefusedWithAnExample(String text) {
    assertThatThrownBy(() -> Requirement.parse(text))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("--require " + text + ": ")
        .hasMessageContaining("text_to_image.r1>=0.40");
  }

  @Test
  void anEvaluationThatFallsShortIsWrittenAndEndsWithOne() throws IOException {
    SmallRun facet = new SmallRun(folder).withPictures();
    assertThat(facet.train("--set", "train.epochs=1")).as(facet.err()).isZero();

    String[] eval = {"eval", "--run", facet.run().toString(), "--set", "eval.recall_at=[3]"};
    assertThat(facet.facet(with(eval, "rsum>=0", "text_to_image.r3<=1"))).isZero();
    assertThat(facet.facet(with(eval, "rsum>=601", "conventions.strict.image_to_text.r1>1")))
        .isEqualTo(1);
    assertThat(facet.err())
        .contains("not as required: rsum is ", "required was rsum>=601.0; conventions.strict.");
    assertThat(facet.facet(with(eval, "text_to_image.r4>=0.1"))).isEqualTo(2);
    assertThat(facet.err()).contains("no figure text_to_image.r4", "eval.recall_at");

    JsonNode figures = Json.LINE.readTree(facet.run().resolve("eval.json").toFile());
    assertThat(figures.at("/text_to_image/interval/r3")).hasSize(2);
  }

  private static String[] with(String[] command, String... requirements) {
    String[] all = Arrays.copyOf(command, command.length + 2 * requirements.length);
    for (int i = 0; i < requirements.length; i++) {
      all[command.length + 2 * i] = "--require";
      all[command.length + 2 * i + 1] = requirements[i];
    }
    return all;
  }
}
