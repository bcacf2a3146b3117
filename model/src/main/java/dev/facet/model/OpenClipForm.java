package dev.facet.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.model.names.NameRule;
import java.util.List;
import java.util.Optional;

/** A model as open_clip describes and names it. */
public interface OpenClipForm {
  /**
   * Writes the sizes of both towers.
   *
   * @param json the whole of {@code open_clip_config.json}
   * @param model its {@code model_cfg}; gets a {@code text_cfg}, which is completed with what all
   *     models have alike
   * @throws dev.facet.base.FacetException usage, if open_clip has no such model
   */
  void write(ObjectNode json, ObjectNode model);

  /**
   * How the weights lie in open_clip's files.
   *
   * @param apart whether the text tower is a class of its own, for models that have it both ways
   */
  List<NameRule> names(boolean apart);

  /** In what the model that open_clip makes of the files differs from this one, if in anything. */
  default Optional<String> difference() {
    return Optional.empty();
  }
}
