package dev.facet.cli.work;

import dev.facet.base.Sha256;
import dev.facet.cli.config.Config;
import dev.facet.model.DualEncoder;
import dev.facet.model.WeightDigest;
import dev.facet.model.text.CaptionTokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which model made a vector: a digest of all that the vector of a given picture or caption depends
 * on. A folder of another form with the same weights and tokenizer is the same model.
 */
final class ModelIdentity {
  /** Of a config, what changes what the model sees or how it computes. */
  private static final List<String> SETTINGS =
      List.of(
          "augment",
          "data.allow_truncated",
          "data.background",
          "data.icc_profiles",
          "data.box_space",
          "model.precision",
          "model.image_size");

  private static final int BYTES = 12;

  private ModelIdentity() {}

  static String of(DualEncoder model, CaptionTokenizer tokenizer, Seen seen, Config config)
      throws IOException {
    MessageDigest digest = Sha256.digest();
    digest.update(WeightDigest.of(model));
    digest.update(Files.readAllBytes(tokenizer.file()));
    StringBuilder rest = new StringBuilder();
    rest.append(tokenizer.cleanup()).append(tokenizer.contextLength());
    rest.append(seen.prepared(config)).append(new TreeMap<>(seen.files()));
    Map<String, String> values = config.values();
    SETTINGS.forEach(name -> rest.append(name).append(values.get(name)));
    digest.update(rest.toString().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
  }
}
