package dev.facet.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.augment.operation.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OperationTableTest {
  @Test
  void theManualListsEveryOperationWithItsDefaults() throws IOException {
    List<String> listed =
        Files.readAllLines(Path.of("../docs/augmentation.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.replaceAll("^\\| `(\\w+)` .*\\| `(.*)` \\|$", "$1: $2"))
            .toList();
    assertThat(listed)
        .containsExactlyInAnyOrderElementsOf(
            new Shape.OneOf(Operation.class)
                .permitted().stream()
                    .map(type -> ConfigWriter.named(Records.standard(type)))
                    .toList());
  }
}
