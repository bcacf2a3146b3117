package dev.facet.model;

import dev.facet.model.config.ConfigFile;
import dev.facet.model.config.OpenClipFile;
import dev.facet.model.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** How files tell that a model is of one architecture, and of what sizes. */
public interface ArchitectureFamily {
  /**
   * What {@code model_type} in {@code config.json} may be; the first is the architecture's name.
   */
  List<String> modelTypes();

  /** Reads a {@code config.json} whose {@code model_type} is one of these. */
  Architecture read(ConfigFile file);

  /**
   * The architecture in the terms of open_clip; empty if the file describes another one. What is
   * not supported is added to the file's problems, so sizes are to be asked for if there are none.
   */
  default Optional<Supplier<Architecture>> readOpenClip(OpenClipFile file) {
    return Optional.empty();
  }

  /** The folder as its authors lay it out, if it is one and they have a layout of their own. */
  default Optional<AuthorsLayout> authorsLayout(Path directory) {
    return Optional.empty();
  }

  /**
   * A folder in its authors' own layout.
   *
   * @param config the file that describes the model
   * @param sizes reads it, with what only the weights' shapes say
   */
  record AuthorsLayout(Path config, SizesOf sizes) {}

  /** What is read together with the weights beside it. */
  @FunctionalInterface
  interface SizesOf {
    Architecture read(Weights weights) throws IOException;
  }

  /** What weights of such a model look like, for messages about files that do not fit. */
  List<Mark> marks();

  /**
   * A sign of an architecture.
   *
   * @param start of the name of some weight
   * @param words what has such a weight, for people
   */
  record Mark(String start, String words) {}
}
