package dev.facet.model.flip;

import dev.facet.model.Architecture;
import dev.facet.model.ArchitectureFamily;
import dev.facet.model.config.ConfigFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How files tell a FLIP. */
public final class FlipFamily implements ArchitectureFamily {
  @Override
  public List<String> modelTypes() {
    return List.of(FlipConfig.TYPE);
  }

  @Override
  public Architecture read(ConfigFile file) {
    return FlipConfig.of(file);
  }

  @Override
  public Optional<AuthorsLayout> authorsLayout(Path directory) {
    return FlipConfig.isIn(directory)
        ? Optional.of(
            new AuthorsLayout(
                directory.resolve(FlipConfig.VISION),
                weights -> FlipConfig.read(directory, weights)))
        : Optional.empty();
  }

  @Override
  public List<Mark> marks() {
    return List.of(new Mark("visual_encoder.vision_model.", "a FLIP"));
  }
}
