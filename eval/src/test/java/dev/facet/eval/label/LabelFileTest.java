package dev.facet.eval.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LabelFileTest {
  private static final String[] IDS = {"img/000002.jpg", "img/000001.jpg", "", "img/000009.jpg"};

  @TempDir private Path folder;

  @Test
  void celebAsOwnListIsJoinedByTheNamesOfItsFiles() throws IOException {
    Path file = folder.resolve("list_attr_celeba.txt");
    Files.writeString(file, "2\nMale Young \n000001.jpg -1  1\n000002.jpg  1 -1\n");
    LabelFile.Found found = LabelFile.read(file, IDS, List.of("Young", "Male"), 9);

    assertThat(found.joined()).isEqualTo(2);
    assertThat(found.labels()).extracting(Labels::name).containsExactly("Young", "Male");
    assertThat(found.labels().getFirst().values()).containsExactly("-1", "1");
    assertThat(found.labels().getFirst().ofRow()).containsExactly(0, 1, Labels.NONE, Labels.NONE);
  }

  @Test
  void aTableIsJoinedByItsIdsWithoutTheirEndingsIfNeedBe() throws IOException {
    Path file = folder.resolve("labels.csv");
    Files.writeString(file, "age,id\nold,000009\n,000001\nyoung,000002\n");

    assertThat(LabelFile.read(file, IDS, List.of("age"), 9).labels().getFirst().ofRow())
        .containsExactly(1, Labels.NONE, Labels.NONE, 0);
  }

  @Test
  void labelsThatMatchNothingOrLackAColumnAreRefused() throws IOException {
    Path file = folder.resolve("labels.csv");
    Files.writeString(file, "id,age\na.png,old\n");
    assertRefused(file, "age", "no row of the data is in", "a.png", "img/000002.jpg");

    Files.writeString(file, "id,age,sex\n000001,old,f\n");
    assertRefused(file, "aage", "has a label aage (did you mean age?); its labels are age, sex");

    Files.writeString(file, "id,age\n000001,old\n000001,young\n");
    assertRefused(file, "age", "line 3: 000001 is there a second time with other labels");

    Files.writeString(file, "1\nMale Young\n000001.jpg 1\n");
    assertRefused(file, "Male", "line 3: it has 2 words, where a name and 2 values are expected");

    Files.writeString(file, "");
    assertRefused(file, "Male", "is empty");
  }

  private static void assertRefused(Path file, String label, String... words) {
    assertThatThrownBy(() -> LabelFile.read(file, IDS, List.of(label), 9))
        .isInstanceOf(FacetException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }
}
