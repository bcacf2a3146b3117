package dev.facet.model.weights;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tensors of one checkpoint, in one file or several; views of them end when it is closed. */
public interface Weights extends AutoCloseable {
  /** The file to name in messages; of a sharded checkpoint, its index. */
  Path file();

  /** All tensors by the names they have in the file. */
  Map<String, TensorEntry> tensors();

  /** A tensor, or null if there is none of that name. */
  default @Nullable TensorEntry find(String name) {
    return tensors().get(name);
  }

  @Override
  void close();
}
