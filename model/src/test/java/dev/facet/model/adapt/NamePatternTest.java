package dev.facet.model.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NamePatternTest {
  private static final List<String> NAMES =
      List.of("text.layers.1.fc1", "text.layers.11.fc1", "text.layers.2.fc2", "logit_scale");

  @Test
  void starsCrossDotsAndBracketsAreOneCharacter() {
    assertThat(matching("*.fc1")).containsExactly("text.layers.1.fc1", "text.layers.11.fc1");
    assertThat(matching("text.layers.[0-2].*"))
        .containsExactly("text.layers.1.fc1", "text.layers.2.fc2");
    assertThat(matching("text.layers.[!1].*")).containsExactly("text.layers.2.fc2");
    assertThat(matching("*.fc?")).hasSize(3);
    assertThat(matching("logit_scale")).containsExactly("logit_scale");
  }

  @Test
  void dotsAndOtherSignsStandForThemselves() {
    for (String glob : List.of("text.layers.1.fc.", "logit.scale", "[x", "(", "[^x]ogit_scale")) {
      assertThatThrownBy(() -> matching(glob))
          .isInstanceOf(FacetException.class)
          .hasMessageContaining(glob + "; nearest: ");
    }
  }

  @Test
  void bracketsOfAnyContentAreNoError() {
    for (String inside : List.of("z-a", "\\", "&&", "[", "a-", "-", "[]", "!", "!]")) {
      assertThatThrownBy(() -> matching("q[" + inside + "]q")).isInstanceOf(FacetException.class);
    }
  }

  private static Set<String> matching(String glob) {
    return NamePattern.matching(List.of(glob), NAMES, "model.freeze", "weights");
  }
}
