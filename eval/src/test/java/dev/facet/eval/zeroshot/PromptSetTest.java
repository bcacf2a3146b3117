package dev.facet.eval.zeroshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.eval.label.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PromptSetTest {
  @TempDir private Path folder;

  @Test
  void theFortyAttributesOfCelebAComeWithTheProgram() throws IOException {
    PromptSet celeba = PromptSet.open(Path.of("celeba"));

    assertThat(celeba.labels()).hasSize(40).contains("5_o_Clock_Shadow", "Smiling", "Young");
    assertThat(celeba.attributes())
        .allSatisfy(
            each -> {
              assertThat(each.classNames()).containsExactly("positive", "negative");
              assertThat(each.classes()).allSatisfy(c -> assertThat(c.prompts()).hasSize(8));
            });
    assertThatThrownBy(() -> PromptSet.open(Path.of("celebb")))
        .hasMessageContaining("celebb is no file of prompts", "celeba");
  }

  @Test
  void valuesStandForTheirClassHoweverTheyAreWritten() throws IOException {
    PromptSet set =
        open(
            """
            {"templates": ["a {}.", "the {}!"], "attributes": [
              {"name": "smile", "positive": ["smile"], "negative": ["frown"]},
              {"name": "hair", "label": "h", "classes": [
                 {"name": "dark", "values": ["black", "brown"], "prompts": ["dark hair"]},
                 {"name": "blond", "prompts": ["blond hair"]}]}]}""");
    Attribute smile = set.attributes().getFirst();
    Attribute hair = set.attributes().getLast();

    assertThat(smile.classes().getFirst().prompts()).containsExactly("a smile.", "the smile!");
    Labels smiles = new Labels("smile", List.of("-1", "0", "1.0", "True"), new int[] {2, 3, 0, -1});
    assertThat(smile.truth(new long[] {0, 1, 2, 3}, List.of(smiles))).containsExactly(0, 0, 1, -1);
    Labels hairs = new Labels("h", List.of("Blond", "brown"), new int[] {0, 1});
    assertThat(hair.truth(new long[] {1, 0}, List.of(smiles, hairs))).containsExactly(0, 1);
    assertThat(set.labels()).containsExactly("smile", "h");

    Labels odd = new Labels("smile", List.of("1", "2"), new int[] {0, 1});
    assertThatThrownBy(() -> set.requireValues(List.of(odd, hairs)))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("the label smile has the value 2, which is no class of smile");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "{} # it has no attributes",
        "{\"attributes\": [{\"positive\": [\"a\"]}]} # attribute 1 has no name",
        "{\"attributes\": [{\"name\": \"a\", \"positive\": [\"x\"], \"negative\": []}]} # a, negative has no prompt",
        "{\"attributes\": [{\"name\": \"a\", \"positive\": [\" \"], \"negative\": [\"y\"]}]} # a, positive has an empty prompt",
        "{\"attributes\": [{\"name\": \"a\"}]} # either positive and negative prompts, or classes",
        "{\"templates\": [\"no\"], \"attributes\": [{\"name\": \"a\"}]} # no place for a prompt",
        "{\"attributes\": [{\"name\": \"a\", \"classes\": [{\"name\": \"x\", \"prompts\": [\"x\"]}]}]} # fewer than two classes",
        "{\"attributes\": [{\"nam\": \"a\"}]} # nam"
      })
  void aFileThatCannotBeUsedIsRefusedWithItsReason(String text, String reason) {
    assertThatThrownBy(() -> open(text))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining(reason);
  }

  private PromptSet open(String text) throws IOException {
    Path file = folder.resolve("prompts.json");
    Files.writeString(file, text);
    return PromptSet.open(file);
  }
}
