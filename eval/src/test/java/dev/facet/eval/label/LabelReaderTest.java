package dev.facet.eval.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LabelReaderTest {
  private static final Described DATA =
      new Described(
          List.of(
              Map.of("age", "100", "sex", "m"),
              Map.of("age", "9", "sex", " f "),
              Map.of("age", "20", "sex", " "),
              Map.of("age", "9", "sex", "f"),
              Map.of("age", "20")));

  @Test
  void valuesAreNumberedInTheirOrderAndBlankOnesAreNone() throws IOException {
    List<Labels> labels = LabelReader.read(DATA, List.of("sex", "age"), 3);

    assertThat(labels).extracting(Labels::name).containsExactly("sex", "age");
    assertThat(labels.getFirst().values()).containsExactly("f", "m");
    assertThat(labels.getFirst().ofRow()).containsExactly(1, 0, Labels.NONE, 0, Labels.NONE);
    assertThat(labels.getLast().values()).containsExactly("9", "20", "100");
    assertThat(labels.getLast().ofRow()).containsExactly(2, 0, 1, 0, 1);
  }

  @Test
  void aLabelThatNoRowHasIsAnsweredWithTheNearest() {
    assertThatThrownBy(() -> LabelReader.read(DATA, List.of("sexx"), 9))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining(
            "no row of faces (test) has a label sexx (did you mean sex?); its labels are age, sex");
    assertThatThrownBy(() -> LabelReader.read(new Described(List.of(Map.of())), List.of("sex"), 9))
        .hasMessageContaining("has a label sex; its rows have no labels");
  }

  @Test
  void aLabelWithTenThousandValuesIsRefusedWithItsCure() {
    Described many =
        new Described(
            IntStream.range(0, 10_000).mapToObj(i -> Map.of("name", "number " + i)).toList());

    assertThatThrownBy(() -> LabelReader.read(many, List.of("name"), 100))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("the label name of faces (test) has more than 100 values (number 0,")
        .hasMessageContaining("ranges");
  }
}
