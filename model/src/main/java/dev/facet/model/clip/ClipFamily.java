package dev.facet.model.clip;

import dev.facet.model.Architecture;
import dev.facet.model.ArchitectureFamily;
import dev.facet.model.config.ConfigFile;
import dev.facet.model.config.OpenClipFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** How files tell a CLIP. */
public final class ClipFamily implements ArchitectureFamily {
  @Override
  public List<String> modelTypes() {
    return List.of(ClipConfig.TYPE, ClipConfig.FIRST_END_TYPE);
  }

  @Override
  public Architecture read(ConfigFile file) {
    return ClipConfig.of(file);
  }

  /** What names no image tower of timm's has open_clip's own, which is CLIP's. */
  @Override
  public Optional<Supplier<Architecture>> readOpenClip(OpenClipFile file) {
    return file.vision().has("timm_model_name")
        ? Optional.empty()
        : Optional.of(ClipOpenClip.read(file));
  }

  @Override
  public Optional<AuthorsLayout> authorsLayout(Path directory) {
    return OpenAiFile.in(directory);
  }

  @Override
  public List<Mark> marks() {
    return List.of(
        new Mark("visual.conv1.", "a CLIP in OpenCLIP's names"),
        new Mark("vision_model.pre_layrnorm.", "a CLIP"));
  }
}
