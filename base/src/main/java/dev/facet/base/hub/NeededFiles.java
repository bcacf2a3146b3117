package dev.facet.base.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which files of a repository are of use. Of a model: its settings, its tokenizer and the first
 * kind of weights that is there, safetensors before pickles and whole ones before those of a
 * variant. Of a data set: all but what Git and its page are made of.
 */
final class NeededFiles {
  /** Small files of a model, each of which may change what it computes. */
  static final List<String> SETTINGS =
      List.of(
          "config.json",
          "open_clip_config.json",
          "preprocessor_config.json",
          "processor_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "vocab.txt",
          "vocab.json",
          "merges.txt",
          "spiece.model",
          "sentencepiece.bpe.model",
          "tokenizer.model",
          "vision_config.json",
          "bert_config.json");

  /** In the order of preference. */
  private static final List<Pattern> WEIGHTS =
      List.of(
          Pattern.compile("model\\.safetensors"),
          Pattern.compile("model(-\\d{5}-of-\\d{5})?\\.safetensors(\\.index\\.json)?"),
          Pattern.compile("(open_clip|flip)_model\\.safetensors"),
          Pattern.compile("pytorch_model\\.bin"),
          Pattern.compile("open_clip_pytorch_model\\.bin"),
          Pattern.compile("model\\.(safetensors\\.index\\.[\\w-]+\\.json|[\\w-]+\\.safetensors)"),
          Pattern.compile("pytorch_model\\.[\\w-]+\\.bin"),
          Pattern.compile("[^/]*\\.(pth|pt|ckpt)"));

  private NeededFiles() {}

  static List<String> of(HubName name, List<String> all) {
    return name.kind() == HubName.Kind.MODEL
        ? model(all)
        : all.stream().filter(NeededFiles::isData).toList();
  }

  /** Whether these, which lie in a cache, are a model that can be opened. */
  static boolean isModel(List<String> there) {
    List<String> settings = there.stream().filter(SETTINGS::contains).toList();
    boolean config =
        settings.contains("config.json")
            || settings.contains("open_clip_config.json")
            || settings.contains("vision_config.json")
            || there.stream().anyMatch(file -> file.endsWith(".pt")); // OpenAI's need none
    // Parts, which may not all be there, are asked for.
    return config
        && WEIGHTS.stream()
            .filter(form -> !form.pattern().contains("-of-"))
            .anyMatch(form -> there.stream().anyMatch(form.asMatchPredicate()));
  }

  private static List<String> model(List<String> all) {
    List<String> needed = new ArrayList<>(all.stream().filter(SETTINGS::contains).toList());
    for (Pattern form : WEIGHTS) {
      Predicate<String> fits = form.asMatchPredicate();
      if (all.stream().anyMatch(fits)) {
        all.stream().filter(fits).forEach(needed::add);
        break;
      }
    }
    return needed;
  }

  private static boolean isData(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    return !last.startsWith(".") && !name.startsWith(".") && !last.equals("README.md");
  }
}
