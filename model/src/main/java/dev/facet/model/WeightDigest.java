package dev.facet.model;

import dev.facet.base.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.TreeMap;

/** What tells models with other weights apart, in whatever form of folder they came. */
public final class WeightDigest {
  private WeightDigest() {}

  /** SHA-256 of all weights and adapters: name, shape and bytes of each, by name. */
  public static byte[] of(DualEncoder model) {
    MessageDigest digest = Sha256.digest();
    new TreeMap<>(model.weightsAndAdapters())
        .forEach(
            (name, weight) -> {
              String head = name + Arrays.toString(weight.getShape().getShape());
              digest.update(head.getBytes(StandardCharsets.UTF_8));
              digest.update(weight.toByteBuffer());
            });
    return digest.digest();
  }
}
