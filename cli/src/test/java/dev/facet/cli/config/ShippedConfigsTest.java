package dev.facet.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ShippedConfigsTest {
  static Stream<Path> configs() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../configs"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("configs")
  void everyShippedConfigIsValidOnceItsDataIsNamed(Path file) {
    Config config = Config.loadForTraining(file, List.of(Assignment.parse("data.root=somewhere")));
    assertThat(config.run().dir()).isEqualTo(Path.of("runs", config.run().name()));
  }

  @ParameterizedTest
  @MethodSource("configs")
  void everyShippedConfigTellsItsCommandDataTimeAndResult(Path file) throws IOException {
    String text = Files.readString(file);
    assertThat(text)
        .contains("bin/facet train --config configs/" + file.getFileName())
        .contains("#   data ", "#   needs ")
        .containsPattern("(?m)^#   time ")
        .containsPattern("(?m)^#   (time and )?result ");
  }
}
