package dev.facet.model.weights.safetensors;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.facet.base.FacetException;
import dev.facet.base.JsonProblem;
import dev.facet.model.weights.TensorEntry;
import dev.facet.model.weights.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint in several safetensors files and the index that tells which tensor is in which, as
 * Hugging Face writes it: {@code {"metadata": ..., "weight_map": {"name": "file"}}}.
 */
public final class ShardedSafetensors implements Weights {
  /** Every shard stays open; published checkpoints have tens. */
  private static final int MAX_SHARDS = 1000;

  private static final int MAX_LISTED = 20;

  private final Path index;
  private final List<SafetensorsFile> shards = new ArrayList<>();
  private final Map<String, TensorEntry> tensors = new LinkedHashMap<>();

  private ShardedSafetensors(Path index) {
    this.index = index;
  }

  /**
   * Opens all shards of an index.
   *
   * @throws FacetException naming every shard that is missing, or every tensor of which index and
   *     shards disagree
   */
  public static ShardedSafetensors open(Path index) throws IOException {
    if (!Files.isRegularFile(index)) {
      throw FacetException.usage(index + ": no such file");
    }
    ShardedSafetensors weights = new ShardedSafetensors(index);
    try {
      weights.load(weights.readIndex());
      return weights;
    } catch (IOException | RuntimeException e) {
      weights.close();
      throw e;
    }
  }

  @Override
  public Path file() {
    return index;
  }

  /** Shard by shard, each in the order of its bytes. */
  @Override
  public Map<String, TensorEntry> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  @Override
  public void close() {
    shards.forEach(SafetensorsFile::close);
  }

  private void load(Map<String, String> shardOf) throws IOException {
    TreeSet<String> names = new TreeSet<>(shardOf.values());
    List<String> missing =
        names.stream().filter(name -> !Files.isRegularFile(index.resolveSibling(name))).toList();
    if (!missing.isEmpty()) {
      throw FacetException.run(
          index + " names files that are not beside it: " + listed(missing) + "; fetch them too");
    }
    Problems problems = new Problems();
    int count = 0;
    long letters = 0;
    for (String name : names) {
      SafetensorsFile shard = SafetensorsFile.open(index.resolveSibling(name));
      shards.add(shard);
      for (TensorEntry tensor : shard.tensors().values()) {
        letters += tensor.name().length();
        // Each shard keeps to these bounds by itself; a thousand of them would not.
        if (++count > TensorEntry.MAX_TENSORS || letters > SafetensorsHeader.MAX_NAMES) {
          throw broken(
              String.format(
                  Locale.ROOT,
                  "its files hold more than %d tensors or %d letters of names",
                  TensorEntry.MAX_TENSORS,
                  SafetensorsHeader.MAX_NAMES));
        }
        String expected = shardOf.get(tensor.name());
        if (expected == null) {
          problems.add(tensor.name() + " of " + name + " is not in the index");
        } else if (tensors.put(tensor.name(), tensor) != null) {
          problems.add(tensor.name() + " is in two files, one of them " + name);
        } else if (!expected.equals(name)) {
          problems.add(tensor.name() + " is in " + name + ", not in " + expected);
        }
      }
    }
    shardOf.forEach(
        (tensor, shard) -> {
          if (!tensors.containsKey(tensor)) {
            problems.add(tensor + " is not in " + shard);
          }
        });
    if (problems.count > 0) {
      throw broken("it and its files disagree: " + problems.listed());
    }
  }

  /** What is told, and how much is not; a hostile index could make tens of thousands. */
  private static final class Problems {
    private final List<String> first = new ArrayList<>();
    private int count;

    void add(String problem) {
      count++;
      if (first.size() < MAX_LISTED) {
        first.add(problem);
      }
    }

    String listed() {
      int more = count - first.size();
      return String.join(", ", first) + (more > 0 ? " and " + more + " more" : "");
    }
  }

  private Map<String, String> readIndex() throws IOException {
    Map<String, String> shardOf = null;
    try (InputStream in = Files.newInputStream(index);
        JsonParser json = StrictJson.parser(in)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw broken("it is no JSON object");
      }
      while (StrictJson.nextField(json)) {
        if (!json.currentName().equals("weight_map")) {
          json.nextToken();
          json.skipChildren();
        } else if (shardOf != null || json.nextToken() != JsonToken.START_OBJECT) {
          throw broken("weight_map is there twice or no object");
        } else {
          shardOf = readMap(json);
        }
      }
    } catch (JsonProcessingException e) {
      throw broken("it is not valid JSON: " + JsonProblem.of(e));
    }
    if (shardOf == null || shardOf.isEmpty()) {
      throw broken("it has no weight_map of tensor names to files");
    }
    return shardOf;
  }

  private Map<String, String> readMap(JsonParser json) throws IOException {
    Map<String, String> shardOf = new LinkedHashMap<>();
    Map<String, String> files = new LinkedHashMap<>();
    while (StrictJson.nextField(json)) {
      String name = json.currentName();
      if (!TensorEntry.isName(name) || shardOf.size() == TensorEntry.MAX_TENSORS) {
        throw broken("its weight_map has too many names, too long ones or control characters");
      }
      String file = json.nextTextValue();
      if (file == null || !isPlainName(file)) {
        throw broken("the file of " + name + " is not the name of a file in the same folder");
      }
      // Thousands of tensors share one string per file.
      String shard = files.computeIfAbsent(file, same -> same);
      if (files.size() > MAX_SHARDS) {
        throw broken("it names more than " + MAX_SHARDS + " files");
      }
      if (shardOf.put(name, shard) != null) {
        throw broken("it names " + name + " twice");
      }
    }
    return shardOf;
  }

  private boolean isPlainName(String file) {
    if (file.isEmpty() || file.startsWith(".") || !TensorEntry.isName(file)) {
      return false;
    }
    try {
      @Nullable Path name = Path.of(file).getFileName();
      return name != null && name.toString().equals(file) && file.indexOf('\\') < 0;
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static String listed(List<String> all) {
    return String.join(", ", all.subList(0, Math.min(all.size(), MAX_LISTED)))
        + (all.size() > MAX_LISTED ? " and " + (all.size() - MAX_LISTED) + " more" : "");
  }

  private FacetException broken(String what) {
    return FacetException.run(
        index + " is not a usable index of shards: " + what + "; copy or download it again");
  }
}
