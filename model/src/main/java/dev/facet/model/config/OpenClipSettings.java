package dev.facet.model.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.Printable;
import dev.facet.model.ops.Activation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One object of an {@code open_clip_config.json}. What cannot be taken as it stands is collected,
 * so that one message can name it all; a setting nobody asked for counts as such.
 */
public final class OpenClipSettings {
  private final String name;
  private final JsonNode json;
  private final List<String> problems;
  private final Set<String> asked = new HashSet<>();
  private boolean skipped;

  /**
   * @param name for messages, such as {@code vision_cfg}; empty for the outermost object
   * @param problems to add to
   */
  OpenClipSettings(String name, JsonNode json, List<String> problems) {
    this.name = name;
    this.json = json;
    this.problems = problems;
  }

  OpenClipSettings part(String key) {
    asked.add(key);
    return new OpenClipSettings(label(key), json.path(key), problems);
  }

  public boolean has(String key) {
    asked.add(key);
    return json.hasNonNull(key);
  }

  /** A whole number above 0. */
  public int size(String key, int usual) {
    asked.add(key);
    JsonNode value = json.path(key);
    if (!has(key)) {
      return usual;
    }
    if (!SizeLimits.allow(key, value)) {
      refuse(key, SizeLimits.expected(key));
      return usual;
    }
    return value.asInt();
  }

  /** The side of a square, given once or as height and width. */
  public int side(String key, int usual) {
    JsonNode value = json.path(key);
    boolean square =
        value.size() == 2
            && SizeLimits.allow(key, value.path(0))
            && value.path(0).equals(value.path(1));
    if (!square) {
      return size(key, usual);
    }
    asked.add(key);
    return value.get(0).asInt();
  }

  public double number(String key, double usual) {
    if (!has(key)) {
      return usual;
    }
    JsonNode value = json.path(key);
    if (!value.isNumber()) {
      refuse(key, "expected a number");
      return usual;
    }
    return value.asDouble();
  }

  /** A token's id. */
  public int token(String key, int usual) {
    if (!has(key)) {
      return usual;
    }
    JsonNode value = json.path(key);
    if (!value.isInt() || value.asInt() < 0) {
      refuse(key, "expected a token's id, a whole number from 0");
      return usual;
    }
    return value.asInt();
  }

  boolean flag(String key) {
    asked.add(key);
    return json.path(key).asBoolean(false);
  }

  /** A word, or what the setting says in JSON. */
  public String word(String key, String usual) {
    asked.add(key);
    JsonNode value = json.path(key);
    return value.isMissingNode() ? usual : value.isTextual() ? value.asText() : value.toString();
  }

  /** Settings that change nothing when a model runs. */
  public void ignore(String... keys) {
    asked.addAll(List.of(keys));
  }

  /**
   * A setting of which only these values are supported; {@code usual} is what leaving out means.
   */
  public void only(String key, String usual, String... supported) {
    String found = word(key, usual);
    if (!List.of(supported).contains(found)) {
      problem(
          label(key)
              + " is "
              + Printable.of(found)
              + ", supported is "
              + String.join(" and ", supported));
    }
  }

  /** Settings that are supported only where they are off. */
  public void off(String... keys) {
    for (String key : keys) {
      if (has(key) && !word(key, "false").equals("false")) {
        refuse(key, "not supported");
      }
    }
  }

  public void refuse(String key, String why) {
    String found = json.path(key).isObject() ? "set" : word(key, "left out");
    problem(label(key) + " is " + Printable.of(found) + ": " + why);
  }

  /** What a block is wide inside; open_clip cuts the fraction off. */
  public int inner(int width) {
    int inner = (int) (width * number("mlp_ratio", 4));
    if (inner < 1 || inner > SizeLimits.of("mlp_ratio")) {
      refuse(
          "mlp_ratio",
          "expected a number above 0 that makes at most "
              + SizeLimits.of("mlp_ratio")
              + " of a width of "
              + width);
    }
    return inner;
  }

  /** The non-linearity: {@code quick_gelu} is one switch for both towers. */
  Activation activation(boolean quick) {
    OpenClipSettings arguments = part("act_kwargs");
    boolean tanh = arguments.word("approximate", "none").equals("tanh");
    arguments.only("approximate", "none", "none", "tanh");
    arguments.refuseUnknown();
    if (quick && tanh) {
      refuse("act_kwargs", "quick_gelu takes none");
    }
    return quick ? Activation.QUICK_GELU : tanh ? Activation.GELU_TANH : Activation.GELU;
  }

  /** Epsilon of the norms. */
  double eps() {
    OpenClipSettings arguments = part("norm_kwargs");
    double eps = arguments.number("eps", 1e-5);
    arguments.refuseUnknown();
    return eps;
  }

  public boolean exists() {
    return json.isObject();
  }

  public boolean isList(String key) {
    return json.path(key).isArray();
  }

  /** One problem explains all others of this object, which are not worth telling. */
  public void skip() {
    skipped = true;
  }

  private void problem(String words) {
    if (!skipped) {
      problems.add(words);
    }
  }

  /** Adds every setting that was not asked for. */
  public void refuseUnknown() {
    json.fieldNames()
        .forEachRemaining(
            key -> {
              if (!asked.contains(key)) {
                problem(label(Printable.of(key)) + " is not a setting that Facet knows");
              }
            });
  }

  private String label(String key) {
    return name.isEmpty() ? key : name + "." + key;
  }
}
