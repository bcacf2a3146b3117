package dev.facet.model.tensors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.facet.model.ops.Ops;
import dev.facet.model.weights.TensorType;
import dev.facet.model.weights.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a folder is to hold: texts, and arrays in safetensors files. It can be written as it stands,
 * or be copied and written later, by another thread, while the arrays change.
 */
public final class FolderContent {
  private sealed interface Entry {
    void write(Path file) throws IOException;

    Entry copied(NDManager host, @Nullable Entry before);
  }

  private record Text(String text) implements Entry {
    @Override
    public void write(Path file) throws IOException {
      Files.writeString(file, text);
    }

    @Override
    public Entry copied(NDManager host, @Nullable Entry before) {
      return this;
    }
  }

  private record Arrays(Map<String, NDArray> arrays, TensorType type, Map<String, String> metadata)
      implements Entry {
    @Override
    public void write(Path file) throws IOException {
      SafetensorsWriter writer = new SafetensorsWriter();
      metadata.forEach(writer::metadata);
      WeightWriter outgoing = new WeightWriter(writer, type);
      arrays.forEach(outgoing::add);
      writer.write(file);
    }

    @Override
    public Entry copied(NDManager host, @Nullable Entry before) {
      Map<String, NDArray> old = before instanceof Arrays same ? same.arrays : Map.of();
      Map<String, NDArray> copies = new LinkedHashMap<>();
      arrays.forEach((name, array) -> copies.put(name, copy(host, array, old.get(name))));
      return new Arrays(copies, type, metadata);
    }

    private static NDArray copy(NDManager host, NDArray array, @Nullable NDArray place) {
      if (place == null || !place.getShape().equals(array.getShape())) {
        return Ops.get().hostCopy(host, array);
      }
      Ops.get().assign(place, array);
      return place;
    }
  }

  private final Map<String, Entry> files = new LinkedHashMap<>();

  /**
   * A text file.
   *
   * @param name within the folder, with a folder's name before it where it lies deeper
   */
  public FolderContent text(String name, String text) {
    files.put(name, new Text(text));
    return this;
  }

  /**
   * A safetensors file of float32 and int64 arrays under these names.
   *
   * @param name as for a text
   * @param type F32, exact to the bit, or one of the two of 16 bits, rounded; whole numbers stay
   */
  public FolderContent arrays(
      String name, Map<String, NDArray> arrays, TensorType type, Map<String, String> metadata) {
    files.put(name, new Arrays(new LinkedHashMap<>(arrays), type, Map.copyOf(metadata)));
    return this;
  }

  /**
   * The same with copies of the arrays in the host's memory.
   *
   * @param host a manager on the CPU, which owns them
   * @param before an earlier copy that was written; its memory is used again, as taking memory from
   *     the system costs several times what copying does
   */
  public FolderContent copied(NDManager host, @Nullable FolderContent before) {
    FolderContent copies = new FolderContent();
    files.forEach(
        (name, entry) ->
            copies.files.put(
                name, entry.copied(host, before == null ? null : before.files.get(name))));
    return copies;
  }

  /** Writes all files into a folder that exists and has none of them. */
  public void write(Path folder) throws IOException {
    for (Map.Entry<String, Entry> each : files.entrySet()) {
      Path file = folder.resolve(each.getKey());
      Files.createDirectories(file.resolveSibling(""));
      each.getValue().write(file);
    }
  }
}
