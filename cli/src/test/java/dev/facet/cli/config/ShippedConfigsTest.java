package dev.facet.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.prepare.PrepareSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ShippedConfigsTest {
  @TempDir private Path folder;

  static Stream<Path> configs() throws IOException {
    return configs(Path.of("../configs"));
  }

  static Stream<Path> prepareConfigs() throws IOException {
    return configs(Path.of("../configs/prepare"));
  }

  private static Stream<Path> configs(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
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

  @ParameterizedTest
  @MethodSource("prepareConfigs")
  void everyConfigOfADataSetIsValidAndTellsWhatItMakes(Path file) throws IOException {
    PrepareSettings settings = PrepareConfig.load(file, List.of());
    assertThat(PrepareConfig.load(written(settings), List.of())).isEqualTo(settings);
    assertThat(Files.readString(file))
        .contains("bin/facet prepare --config configs/prepare/" + file.getFileName())
        .contains(
            "#   source ",
            "#   columns ",
            "#   boxes ",
            "#   filters ",
            "#   yield ",
            "#   disk ",
            "#   time ");
  }

  private Path written(PrepareSettings settings) throws IOException {
    return Files.writeString(folder.resolve("written.yaml"), PrepareConfig.toYaml(settings));
  }
}
