package dev.facet.model.siglip;

import dev.facet.model.config.TowerSize;
import dev.facet.model.ops.Activation;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The image towers of SigLIP that timm knows by name, sizes included (timm 1.0,
 * vision_transformer.py, the functions vit_*_siglip_*).
 */
enum TimmSiglip {
  BASE_16_224("base", 16, 224, false),
  BASE_16_256("base", 16, 256, false),
  BASE_16_384("base", 16, 384, false),
  BASE_16_512("base", 16, 512, false),
  BASE_32_256("base", 32, 256, true),
  LARGE_16_256("large", 16, 256, false),
  LARGE_16_384("large", 16, 384, false),
  LARGE_16_512("large", 16, 512, true),
  SO400M_14_224("so400m", 14, 224, false),
  SO400M_14_378("so400m", 14, 378, false),
  SO400M_14_384("so400m", 14, 384, false),
  SO400M_16_256("so400m", 16, 256, true),
  SO400M_16_384("so400m", 16, 384, true),
  SO400M_16_512("so400m", 16, 512, true),
  GIANTOPT_16_256("giantopt", 16, 256, true),
  GIANTOPT_16_384("giantopt", 16, 384, true);

  /** Of timm's vision transformers. */
  static final double EPS = 1e-6;

  private final String family;
  final int patch;
  final int image;
  private final boolean tanh;

  TimmSiglip(String family, int patch, int image, boolean tanh) {
    this.family = family;
    this.patch = patch;
    this.image = image;
    this.tanh = tanh;
  }

  /** The one of this name; what follows a full stop names weights, not sizes. */
  static Optional<TimmSiglip> named(String name) {
    String own = name.replaceFirst("\\..*", "");
    return Stream.of(values()).filter(each -> each.label().equals(own)).findFirst();
  }

  /** The one of these sizes, whatever its activation. */
  static Optional<TimmSiglip> sized(SiglipConfig config) {
    return Stream.of(values())
        .filter(each -> each.image == config.imageSize() && each.patch == config.patchSize())
        .filter(each -> each.sizes(config.vision().activation()).equals(config.vision()))
        .findFirst();
  }

  String label() {
    return "vit_" + family + "_patch" + patch + "_siglip_" + image;
  }

  TowerSize tower() {
    return sizes(tanh ? Activation.GELU_TANH : Activation.GELU);
  }

  private TowerSize sizes(Activation activation) {
    return switch (family) {
      case "base" -> new TowerSize(768, 12, 12, 3072, activation, EPS);
      case "large" -> new TowerSize(1024, 24, 16, 4096, activation, EPS);
      case "so400m" -> new TowerSize(1152, 27, 16, 4304, activation, EPS);
      case "giantopt" -> new TowerSize(1536, 40, 16, 6144, activation, EPS);
      default -> throw new IllegalStateException(family);
    };
  }
}
