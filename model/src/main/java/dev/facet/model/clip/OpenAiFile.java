package dev.facet.model.clip;

import dev.facet.base.FacetException;
import dev.facet.model.Architecture;
import dev.facet.model.ArchitectureFamily.AuthorsLayout;
import dev.facet.model.config.TowerSize;
import dev.facet.model.weights.TensorEntry;
import dev.facet.model.weights.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * OpenAI's own files, {@code ViT-B-32.pt} and its like: one file and no config. Sizes come out of
 * the weights' shapes, with 64 features to a head and quick-GELU throughout (openai/CLIP, model.py,
 * build_model). That is so in their files alone, which are known by three numbers beside the
 * weights.
 */
final class OpenAiFile {
  private static final int HEAD_WIDTH = 64;
  private static final List<String> MARKS =
      List.of("input_resolution", "context_length", "vocab_size");

  private final Weights weights;

  private OpenAiFile(Weights weights) {
    this.weights = weights;
  }

  /** The layout of a folder that holds one such file, as far as names tell. */
  static Optional<AuthorsLayout> in(Path directory) {
    List<Path> files;
    try (Stream<Path> all = Files.isDirectory(directory) ? Files.list(directory) : Stream.empty()) {
      files = all.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Path> programs = files.stream().filter(file -> file.toString().endsWith(".pt")).toList();
    boolean config =
        files.stream()
            .anyMatch(
                file -> file.endsWith("config.json") || file.endsWith("open_clip_config.json"));
    return programs.size() == 1 && !config
        ? Optional.of(
            new AuthorsLayout(
                programs.getFirst(), found -> new OpenAiFile(found).sizes(programs.getFirst())))
        : Optional.empty();
  }

  private Architecture sizes(Path file) {
    if (!MARKS.stream().allMatch(mark -> weights.find(mark) != null)) {
      throw FacetException.usage(
          file
              + " says nothing of its model: put the config.json or open_clip_config.json that"
              + " belongs to these weights beside it");
    }
    if (weights.find("visual.proj") == null) {
      throw FacetException.usage(
          file + " is a CLIP with a ResNet; of OpenAI's models, those with a ViT can be opened");
    }
    int width = shape("visual.conv1.weight", 4, 0);
    int patch = shape("visual.conv1.weight", 4, 3);
    int places = shape("visual.positional_embedding", 2, 0) - 1;
    int side = (int) Math.round(Math.sqrt(places));
    int text = shape("ln_final.weight", 1, 0);
    int vocabulary = shape("token_embedding.weight", 2, 0);
    if (side * side != places || width < HEAD_WIDTH || text < HEAD_WIDTH) {
      throw FacetException.usage(file + " has weights of sizes that no CLIP of OpenAI's has");
    }
    return new ClipConfig(
        shape("text_projection", 2, 1),
        side * patch,
        patch,
        TowerSize.of(width, blocks("visual.transformer.resblocks."), width / HEAD_WIDTH),
        vocabulary,
        shape("positional_embedding", 2, 0),
        vocabulary - 2,
        ClipConfig.HIGHEST,
        0,
        TowerSize.of(text, blocks("transformer.resblocks."), text / HEAD_WIDTH));
  }

  private int shape(String name, int rank, int dimension) {
    TensorEntry tensor = weights.find(name);
    if (tensor == null || tensor.shape().length != rank) {
      throw FacetException.usage(
          weights.file() + " has no " + name + " as CLIPs of OpenAI's have it; is it one?");
    }
    return Math.toIntExact(tensor.shape()[dimension]);
  }

  private int blocks(String before) {
    return (int)
        weights.tensors().keySet().stream()
            .filter(name -> name.startsWith(before) && name.endsWith(".attn.in_proj_weight"))
            .count();
  }
}
