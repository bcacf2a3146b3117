package dev.facet.model.checkpoint;

import ai.djl.nn.Parameter;
import dev.facet.model.DualEncoder;
import dev.facet.model.layers.Encoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The model folders that a model starts from. What none of them gives is drawn.
 *
 * @param all of every weight for which there is no other folder
 * @param images of the image tower with its projection, and of FLIP's slow copy of it
 * @param texts the same of the text tower
 * @param strict whether every weight has to be there in its shape, and no others; else those that
 *     do not fit are drawn
 */
public record InitialWeights(
    @Nullable Path all, @Nullable Path images, @Nullable Path texts, boolean strict) {

  /** All from one folder, which has to fit. */
  public static InitialWeights of(Path directory) {
    return new InitialWeights(directory, null, null, true);
  }

  /** Which weights of a model each folder gives. */
  Map<Path, List<Parameter>> parts(DualEncoder model) {
    Map<Path, List<Parameter>> parts = new LinkedHashMap<>();
    List<Parameter> rest = new ArrayList<>(model.getParameters().values());
    take(parts, images == null ? all : images, model.imageTowers(), rest);
    take(parts, texts == null ? all : texts, model.textTowers(), rest);
    if (all != null) {
      parts.computeIfAbsent(all, folder -> new ArrayList<>()).addAll(rest);
    }
    return parts;
  }

  private static void take(
      Map<Path, List<Parameter>> parts,
      @Nullable Path folder,
      List<? extends Encoder> towers,
      List<Parameter> rest) {
    List<Parameter> own =
        towers.stream().flatMap(tower -> tower.getParameters().values().stream()).toList();
    rest.removeAll(own);
    if (folder != null) {
      parts.computeIfAbsent(folder, each -> new ArrayList<>()).addAll(own);
    }
  }
}
