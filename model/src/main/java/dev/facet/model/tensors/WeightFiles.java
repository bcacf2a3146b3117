package dev.facet.model.tensors;

import dev.facet.base.FacetException;
import dev.facet.model.weights.Weights;
import dev.facet.model.weights.safetensors.SafetensorsFile;
import dev.facet.model.weights.safetensors.ShardedSafetensors;
import dev.facet.model.weights.torch.TorchFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the weights in a folder and opens them by what they are. */
public final class WeightFiles {
  private static final String INDEX = ".index.json";

  /** Names with a variant, as diffusers and transformers write it; an index before its parts. */
  private static final List<Pattern> VARIANTS =
      List.of(
          Pattern.compile("model\\.safetensors\\.index\\.[\\w-]+\\.json"),
          Pattern.compile("model\\.[\\w-]+(?<!-of-\\d{5})\\.safetensors"),
          Pattern.compile("pytorch_model\\.[\\w-]+(?<!-of-\\d{5})\\.bin"));

  /** What training programs and authors write. */
  private static final Pattern TORCH = Pattern.compile(".*\\.(pth|pt|ckpt)");

  /** In the order of preference: formats without a pickle first. */
  private static final List<String> NAMES =
      List.of(
          "model.safetensors",
          "model.safetensors" + INDEX,
          "open_clip_model.safetensors",
          "flip_model.safetensors",
          "pytorch_model.bin",
          "open_clip_pytorch_model.bin");

  private static final int MAX_LISTED = 20;

  private WeightFiles() {}

  /**
   * Opens the weights of a model folder: the first of the usual names that is there, else the only
   * one with a variant, such as {@code model.fp16.safetensors}, else its only {@code .pth}, {@code
   * .pt} or {@code .ckpt} file.
   *
   * @throws FacetException if there are none or several, naming what is there
   */
  public static Weights open(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw FacetException.usage(directory + ": no such folder");
    }
    for (String name : NAMES) {
      Path file = directory.resolve(name);
      if (Files.isRegularFile(file)) {
        return openFile(file);
      }
    }
    List<String> there;
    try (Stream<Path> files = Files.list(directory)) {
      there = files.map(file -> file.getFileName().toString()).sorted().toList();
    }
    List<String> candidates =
        Stream.concat(VARIANTS.stream(), Stream.of(TORCH))
            .map(form -> there.stream().filter(form.asMatchPredicate()).toList())
            .filter(found -> !found.isEmpty())
            .findFirst()
            .orElse(List.of());
    if (candidates.size() == 1) {
      return openFile(directory.resolve(candidates.getFirst()));
    }
    throw FacetException.usage(
        directory
            + (candidates.isEmpty() ? " holds no weights" : " holds several weights")
            + ": looked for "
            + String.join(", ", NAMES)
            + ", one of these with a variant, or a single .pth, .pt or .ckpt file, found "
            + listed(there));
  }

  /** Opens one file of weights, or an index of several; its first bytes tell which kind it is. */
  public static Weights openFile(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw FacetException.usage(file + ": no such file");
    }
    String name = file.getFileName().toString();
    if (name.endsWith(INDEX) || VARIANTS.getFirst().matcher(name).matches()) {
      return ShardedSafetensors.open(file);
    }
    return isTorch(file) ? TorchFile.open(file) : SafetensorsFile.open(file);
  }

  /** A zip file, or a bare pickle, which {@link TorchFile} tells how to convert. */
  private static boolean isTorch(Path file) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(9);
    }
    if (start.length < 4 || SafetensorsFile.startsLike(start, Files.size(file))) {
      return false;
    }
    boolean zip = start[0] == 'P' && start[1] == 'K' && start[2] == 3 && start[3] == 4;
    // A cut safetensors file may begin with the same byte, but its header is seldom this long.
    boolean pickle = start[0] == (byte) 0x80 && start[1] >= 2 && start[1] <= 5 && start[2] != 0;
    return zip || pickle;
  }

  private static String listed(List<String> names) {
    if (names.isEmpty()) {
      return "nothing";
    }
    return String.join(", ", names.subList(0, Math.min(names.size(), MAX_LISTED)))
        + (names.size() > MAX_LISTED ? " and " + (names.size() - MAX_LISTED) + " more" : "");
  }
}
