package dev.facet.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.cli.settings.MixtureConfig;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathsTest {
  @Test
  void everyPathOfAConfigCanBeAnotherAndNothingElseChanges() {
    List<Assignment> assignments =
        List.of(
            Assignment.parse("data.mixture=[{root: 'hf:datasets/a/b'}, {root: here}]"),
            Assignment.parse("model.init=hf:a/clip@main"));
    Config config = Config.load(null, assignments);
    Config changed =
        config.withPaths(path -> path.toString().startsWith("hf:") ? Path.of("cache") : path);
    assertThat(changed.model().init()).isEqualTo(Path.of("cache"));
    assertThat(changed.data().mixture())
        .extracting(MixtureConfig::root)
        .containsExactly(Path.of("cache"), Path.of("here"));
    assertThat(changed.train()).isSameAs(config.train());
    assertThat(config.withPaths(path -> path)).isSameAs(config);
  }
}
