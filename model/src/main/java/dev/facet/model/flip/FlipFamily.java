package dev.facet.model.flip;

import dev.facet.model.Architecture;
import dev.facet.model.ArchitectureFamily;
import dev.facet.model.config.ConfigFile;
import dev.facet.model.weights.Weights;
import java.io.IOException;
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
  public Optional<Path> authorsConfig(Path directory) {
    return FlipConfig.isIn(directory)
        ? Optional.of(directory.resolve(FlipConfig.VISION))
        : Optional.empty();
  }

  @Override
  public Architecture readAuthors(Path directory, Weights weights) throws IOException {
    return FlipConfig.read(directory, weights);
  }

  @Override
  public List<Mark> marks() {
    return List.of(new Mark("visual_encoder.vision_model.", "a FLIP"));
  }
}
