package dev.facet.model.siglip;

import dev.facet.model.Architecture;
import dev.facet.model.ArchitectureFamily;
import dev.facet.model.config.ConfigFile;
import dev.facet.model.config.OpenClipFile;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** How files tell a SigLIP. */
public final class SiglipFamily implements ArchitectureFamily {
  @Override
  public List<String> modelTypes() {
    return List.of(SiglipConfig.TYPE);
  }

  @Override
  public Architecture read(ConfigFile file) {
    return SiglipConfig.of(file);
  }

  /** Of image towers that are timm's, SigLIP's are known. */
  @Override
  public Optional<Supplier<Architecture>> readOpenClip(OpenClipFile file) {
    return file.vision().has("timm_model_name")
        ? Optional.of(SiglipOpenClip.read(file))
        : Optional.empty();
  }

  @Override
  public List<Mark> marks() {
    return List.of(
        new Mark("visual.trunk.attn_pool.", "a SigLIP in OpenCLIP's names"),
        new Mark("vision_model.head.", "a SigLIP"));
  }
}
