package dev.facet.model.selfcheck;

import dev.facet.model.Pass;
import dev.facet.model.ops.Activation;
import dev.facet.model.ops.Precision;
import dev.facet.model.ops.Recording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The operations that a way through a model is made of. What a fused operation does inside stands
 * in {@code ops.py}; the widths are those of the weights that it is given.
 */
final class Parts {
  /**
   * A part at the place where it stands.
   *
   * @param tokens of each picture or caption that go through it
   */
  record Placed(Part part, int tokens) {}

  private final Pass pass;

  /** Tokens of what each call returned. */
  private final List<Integer> tokens = new ArrayList<>();

  /** How often each part comes. */
  private final Map<Placed, Integer> parts = new LinkedHashMap<>();

  private Parts(Pass pass) {
    this.pass = pass;
  }

  /** All parts, with how often each comes. */
  static Map<Placed, Integer> of(Pass pass) {
    Parts parts = new Parts(pass);
    for (Recording.Call call : pass.calls()) {
      parts.tokens.add(parts.call(new Arguments(pass, call.arguments()), call.method()));
    }
    return parts.parts;
  }

  /** Notes what a call is made of; returns the tokens of what it gives. */
  private int call(Arguments call, String method) {
    return switch (method) {
      case "embed_patches" -> {
        patches(call, LinearMap.Form.UNBIASED, call.length(3, 0) - 1);
        yield pass.imageTokens();
      }
      case "embed_grid" -> {
        patches(call, LinearMap.Form.BIASED, call.length(3, 0));
        yield pass.imageTokens();
      }
      case "embed_tokens" -> pass.textTokens();
      case "embed_words" -> {
        norm(call.lengthIn(1, 2, 0), call.real(2), pass.textTokens());
        yield pass.textTokens();
      }
      case "layer_norm" -> {
        norm(call.length(1, 0), call.real(3), before(call));
        yield before(call);
      }
      case "block" -> block(call, 2);
      case "adapted_block" -> {
        adapters(call, 2, before(call), call.precision());
        yield block(call, 5);
      }
      case "post_norm_block" -> {
        bert(call, 2, 3, 4);
        yield before(call);
      }
      case "cross_block" -> {
        bert(call, 3, 5, 6);
        cross(call, 4, 6);
        yield before(call);
      }
      case "adapted_post_norm" -> {
        bert(call, 3, 5, 9);
        if (!(call.all.get(2) instanceof Recording.Whole)) {
          cross(call, 4, 9);
        }
        adapters(call, 6, before(call), call.precision());
        yield before(call);
      }
      case "attention_pool" -> {
        pool(call);
        yield 1;
      }
      case "project" -> {
        map(call.length(1, 1), call.length(1, 0), false, Precision.FLOAT32, before(call));
        yield before(call);
      }
      case "project_biased" -> {
        map(call.length(1, 1), call.length(1, 0), true, Precision.FLOAT32, before(call));
        yield before(call);
      }
      case "first_position", "last_position", "eos_position", "highest_position" -> 1;
      case "unit" -> before(call);
      default ->
          throw new IllegalStateException("what " + method + " is made of is not known here");
    };
  }

  /** Tokens of the call's first argument. */
  private int before(Arguments call) {
    return call.all.getFirst() instanceof Recording.Result result
        ? tokens.get(result.call())
        // Only what reads captions with pictures begins with tokens, those of the picture.
        : pass.imageTokens();
  }

  private void patches(Arguments call, LinearMap.Form form, int tokens) {
    int in = call.length(1, 1) * call.length(1, 2) * call.length(1, 3);
    add(new LinearMap(in, call.length(1, 0), form, call.precision()), tokens);
  }

  /**
   * @param numbers where its numbers begin: heads, causal, activation, epsilon, precision
   */
  private int block(Arguments call, int numbers) {
    int tokens = before(call);
    int width = call.lengthIn(1, 8, 0);
    int inner = call.lengthIn(1, 12, 0);
    Precision precision = call.precision();
    Attention.Form form = call.whole(numbers + 1) == 1 ? Attention.Form.CAUSAL : Attention.Form.ALL;
    norm(width, call.real(numbers + 3), tokens);
    map(width, 3 * width, true, precision, tokens);
    add(new Attention(width, (int) call.whole(numbers), 0, form, precision), tokens);
    map(width, width, true, precision, tokens);
    norm(width, call.real(numbers + 3), tokens);
    mlp(width, inner, call.whole(numbers + 2), precision, tokens);
    return tokens;
  }

  /**
   * What a block of BERT does without a picture.
   *
   * @param numbers where its numbers begin: heads, padding, activation, epsilon, precision
   */
  private void bert(Arguments call, int own, int inner, int numbers) {
    int tokens = before(call);
    int width = call.lengthIn(own, 6, 0);
    Precision precision = call.precision();
    map(width, 3 * width, true, precision, tokens);
    int heads = (int) call.whole(numbers);
    add(new Attention(width, heads, 0, Attention.Form.PADDED, precision), tokens);
    map(width, width, true, precision, tokens);
    norm(width, call.real(numbers + 3), tokens);
    mlp(width, call.lengthIn(inner, 0, 0), call.whole(numbers + 2), precision, tokens);
    norm(width, call.real(numbers + 3), tokens);
  }

  private void cross(Arguments call, int across, int numbers) {
    int tokens = before(call);
    int width = call.lengthIn(across, 0, 0);
    int seen = call.lengthIn(across, 2, 1);
    Precision precision = call.precision();
    map(width, width, true, precision, tokens);
    map(seen, 2 * width, true, precision, pass.imageTokens());
    add(
        new Attention(
            width, (int) call.whole(numbers), pass.imageTokens(), Attention.Form.CROSS, precision),
        tokens);
    map(width, width, true, precision, tokens);
    norm(width, call.real(numbers + 3), tokens);
  }

  private void pool(Arguments call) {
    int tokens = before(call);
    int width = call.lengthIn(1, 3, 0);
    Precision precision = call.precision();
    map(width, width, true, precision, 1);
    map(width, 2 * width, true, precision, tokens);
    add(new Attention(width, (int) call.whole(2), tokens, Attention.Form.CROSS, precision), 1);
    map(width, width, true, precision, 1);
    norm(width, call.real(4), 1);
    mlp(width, call.lengthIn(1, 7, 0), call.whole(3), precision, 1);
  }

  private void mlp(int width, int inner, long activation, Precision precision, int tokens) {
    map(width, inner, true, precision, tokens);
    add(new Nonlinearity(Activation.ofCode(activation), inner, precision), tokens);
    map(inner, width, true, precision, tokens);
  }

  /** Both maps of each adapter: A [R, in], then B [out, R]. */
  private void adapters(Arguments call, int list, int tokens, Precision precision) {
    for (Recording.Argument each : call.several(list)) {
      if (each instanceof Recording.Weight weight) {
        long[] shape = call.shape(weight);
        map((int) shape[1], (int) shape[0], false, precision, tokens);
      }
    }
  }

  private void map(int in, int out, boolean biased, Precision precision, int tokens) {
    LinearMap.Form form = biased ? LinearMap.Form.BIASED : LinearMap.Form.UNBIASED;
    add(new LinearMap(in, out, form, precision), tokens);
  }

  private void norm(int width, double eps, int tokens) {
    add(new Norm(width, eps), tokens);
  }

  private void add(Part part, int tokens) {
    parts.merge(new Placed(part, tokens), 1, Integer::sum);
  }

  /** What a call is given, by place. */
  private record Arguments(Pass pass, List<Recording.Argument> all) {
    long[] shape(Recording.Argument argument) {
      String name = ((Recording.Weight) argument).name();
      return Objects.requireNonNull(pass.shapes().get(name), name);
    }

    int length(int place, int axis) {
      return (int) shape(all.get(place))[axis];
    }

    List<Recording.Argument> several(int place) {
      return ((Recording.Several) all.get(place)).each();
    }

    int lengthIn(int place, int which, int axis) {
      return (int) shape(several(place).get(which))[axis];
    }

    long whole(int place) {
      return ((Recording.Whole) all.get(place)).value();
    }

    double real(int place) {
      return ((Recording.Real) all.get(place)).value();
    }

    /** Always the last. */
    Precision precision() {
      return Precision.ofScalarType(whole(all.size() - 1));
    }
  }
}
