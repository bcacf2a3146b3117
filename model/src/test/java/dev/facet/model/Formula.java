package dev.facet.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Weights and inputs that any program can make again from names and shapes; {@code
 * formula/README.md} among the test resources gives the formula, {@code make.py} beside it computes
 * the same.
 */
public final class Formula {
  private Formula() {}

  /** The number at a place of a tensor, in [-1, 1). */
  public interface Units {
    double at(long place);
  }

  public static Units of(String name) {
    long hash = 0xcbf29ce484222325L;
    for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ each) * 0x100000001b3L;
    }
    long seed = hash;
    return place -> {
      long z = seed + (place + 1) * 0x9e3779b97f4a7c15L;
      z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
      z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
      return ((z ^ (z >>> 31)) >>> 40) / 0x1p23 - 1;
    };
  }

  /** A weight's values. */
  public static float[] weight(String name, long... shape) {
    long size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    float[] values = new float[Math.toIntExact(size)];
    Units units = of(name);
    double factor = factor(name, shape);
    double offset = offset(name);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (factor * units.at(i) + offset);
    }
    return values;
  }

  private static double factor(String name, long[] shape) {
    if (name.startsWith("logit_")) {
      return 0;
    }
    boolean table = name.contains("embeddings.token") || name.contains("embeddings.position");
    if (shape.length < 2 || table) {
      return 0.1;
    }
    return Math.sqrt(3.0 / Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact));
  }

  private static double offset(String name) {
    return switch (name) {
      case "logit_scale" -> 2.5;
      case "logit_bias" -> -8;
      default -> name.contains("norm") && name.endsWith("weight") ? 1 : 0;
    };
  }
}
