package dev.facet.model.adapt;

import ai.djl.nn.Parameter;
import dev.facet.model.DualEncoder;
import dev.facet.model.layers.Adapter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Parts of a model by names that hold for every architecture. */
enum ModelPart {
  /** The image tower with its projection. */
  IMAGE_TOWER {
    @Override
    Stream<Parameter> parameters(DualEncoder model) {
      return model.imageTowers().stream().flatMap(each -> each.getParameters().values().stream());
    }
  },
  /** The text tower with its projection. */
  TEXT_TOWER {
    @Override
    Stream<Parameter> parameters(DualEncoder model) {
      return model.textTowers().stream().flatMap(each -> each.getParameters().values().stream());
    }
  },
  /** The projections into the joint space. */
  HEAD {
    @Override
    Stream<Parameter> parameters(DualEncoder model) {
      return model.jointWeights().stream();
    }
  },
  /** Low-rank maps beside frozen weights. */
  LORA {
    @Override
    Stream<Parameter> parameters(DualEncoder model) {
      return model.getParameters().values().stream().filter(each -> Adapter.owns(each.getName()));
    }
  };

  abstract Stream<Parameter> parameters(DualEncoder model);

  /** As it is written in a config. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The part of a name; null if that names none. */
  static @Nullable ModelPart of(String text) {
    return Arrays.stream(values())
        .filter(part -> part.text().equals(text))
        .findFirst()
        .orElse(null);
  }

  /** The names of all parts. */
  static List<String> names() {
    return Arrays.stream(values()).map(ModelPart::text).toList();
  }
}
