package dev.facet.model.selfcheck;

import dev.facet.model.ops.Activation;
import dev.facet.model.ops.Precision;
import dev.facet.model.ops.Recording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * The operations that a way through a model is made of. What a fused operation does inside stands
 * in the {@code .py} files of {@code model.ops}; the widths are those of the weights that it is
 * given.
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
      parts.tokens.add(parts.call(new Arguments(pass, call.arguments()), call.function()));
    }
    return parts.parts;
  }

  /** Notes what a call is made of; returns the tokens of what it gives. */
  private int call(Arguments call, String function) {
    return switch (function) {
      case "embed_patches" -> {
        patches(call, LinearMap.Form.UNBIASED, call.length("position", 0) - 1);
        yield pass.imageTokens();
      }
      case "embed_grid" -> {
        patches(call, LinearMap.Form.BIASED, call.length("position", 0));
        yield pass.imageTokens();
      }
      case "embed_tokens" -> pass.textTokens();
      case "embed_words" -> {
        norm(call.rows("weights", "norm_weight"), call.real("epsilon"), pass.textTokens());
        yield pass.textTokens();
      }
      case "layer_norm" -> {
        norm(call.length("weight", 0), call.real("epsilon"), before(call));
        yield before(call);
      }
      case "block" -> block(call);
      case "adapted_block" -> {
        adapters(call, before(call));
        yield block(call);
      }
      case "post_norm_block" -> {
        bert(call);
        yield before(call);
      }
      case "cross_block" -> {
        bert(call);
        cross(call);
        yield before(call);
      }
      case "adapted_post_norm_block" -> {
        bert(call);
        if (!(call.get("image") instanceof Recording.Nothing)) {
          cross(call);
        }
        adapters(call, before(call));
        yield before(call);
      }
      case "attention_pool" -> {
        pool(call);
        yield 1;
      }
      case "project", "project_biased" -> {
        boolean biased = function.equals("project_biased");
        int in = call.length("weight", 1);
        map(in, call.length("weight", 0), biased, Precision.FLOAT32, before(call));
        yield before(call);
      }
      case "first_position", "last_position", "eos_position", "highest_position" -> 1;
      case "unit" -> before(call);
      default ->
          throw new IllegalStateException("what " + function + " is made of is not known here");
    };
  }

  /** Tokens of the call's first argument. */
  private int before(Arguments call) {
    return call.all.firstEntry().getValue() instanceof Recording.Result result
        ? tokens.get(result.call())
        // Only what reads captions with pictures begins with tokens, those of the picture.
        : pass.imageTokens();
  }

  private void patches(Arguments call, LinearMap.Form form, int tokens) {
    int in = call.length("weight", 1) * call.length("weight", 2) * call.length("weight", 3);
    add(new LinearMap(in, call.length("weight", 0), form, call.precision()), tokens);
  }

  private int block(Arguments call) {
    int tokens = before(call);
    int width = call.rows("weights", "out");
    Precision precision = call.precision();
    Attention.Form form = call.truth("causal") ? Attention.Form.CAUSAL : Attention.Form.ALL;
    norm(width, call.real("epsilon"), tokens);
    map(width, 3 * width, true, precision, tokens);
    add(new Attention(width, call.whole("heads"), 0, form, precision), tokens);
    map(width, width, true, precision, tokens);
    norm(width, call.real("epsilon"), tokens);
    mlp(call, "weights", width, tokens);
    return tokens;
  }

  /** What a block of BERT does without a picture. */
  private void bert(Arguments call) {
    int tokens = before(call);
    int width = call.rows("own", "out");
    Precision precision = call.precision();
    map(width, 3 * width, true, precision, tokens);
    add(new Attention(width, call.whole("heads"), 0, Attention.Form.PADDED, precision), tokens);
    map(width, width, true, precision, tokens);
    norm(width, call.real("epsilon"), tokens);
    mlp(call, "inner", width, tokens);
    norm(width, call.real("epsilon"), tokens);
  }

  private void cross(Arguments call) {
    int tokens = before(call);
    int width = call.rows("across", "q");
    int seen = call.columns("across", "k");
    Precision precision = call.precision();
    map(width, width, true, precision, tokens);
    map(seen, 2 * width, true, precision, pass.imageTokens());
    int heads = call.whole("heads");
    add(new Attention(width, heads, pass.imageTokens(), Attention.Form.CROSS, precision), tokens);
    map(width, width, true, precision, tokens);
    norm(width, call.real("epsilon"), tokens);
  }

  private void pool(Arguments call) {
    int tokens = before(call);
    int width = call.rows("weights", "out");
    Precision precision = call.precision();
    map(width, width, true, precision, 1);
    map(width, 2 * width, true, precision, tokens);
    add(new Attention(width, call.whole("heads"), tokens, Attention.Form.CROSS, precision), 1);
    map(width, width, true, precision, 1);
    norm(width, call.real("epsilon"), 1);
    mlp(call, "weights", width, 1);
  }

  private void mlp(Arguments call, String weights, int width, int tokens) {
    int inner = call.rows(weights, "fc1");
    Precision precision = call.precision();
    map(width, inner, true, precision, tokens);
    Activation activation = Activation.ofCode(call.whole("activation"));
    add(new Nonlinearity(activation, inner, precision), tokens);
    map(inner, width, true, precision, tokens);
  }

  /** Both maps of each adapter: A [R, in], then B [out, R]. */
  private void adapters(Arguments call, int tokens) {
    for (Recording.Argument each : call.several("adapters").each()) {
      if (each instanceof Recording.Weight weight) {
        long[] shape = call.shape(weight);
        map((int) shape[1], (int) shape[0], false, call.precision(), tokens);
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

  /** What a call is given, by the names in the {@code .py} files. */
  private record Arguments(Pass pass, SequencedMap<String, Recording.Argument> all) {
    Recording.Argument get(String name) {
      return Objects.requireNonNull(all.get(name), name);
    }

    long[] shape(Recording.Argument argument) {
      String name = ((Recording.Weight) argument).name();
      return Objects.requireNonNull(pass.shapes().get(name), name);
    }

    int length(String name, int axis) {
      return (int) shape(get(name))[axis];
    }

    Recording.Several several(String name) {
      return (Recording.Several) get(name);
    }

    int rows(String list, String name) {
      return (int) shape(several(list).named(name))[0];
    }

    int columns(String list, String name) {
      return (int) shape(several(list).named(name))[1];
    }

    int whole(String name) {
      return (int) ((Recording.Whole) get(name)).value();
    }

    double real(String name) {
      return ((Recording.Real) get(name)).value();
    }

    boolean truth(String name) {
      return ((Recording.Truth) get(name)).value();
    }

    Precision precision() {
      return Precision.ofScalarType(whole("dtype"));
    }
  }
}
