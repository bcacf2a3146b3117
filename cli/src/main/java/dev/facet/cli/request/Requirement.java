package dev.facet.cli.request;

import dev.facet.base.FacetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a figure of an evaluation has to be.
 *
 * @param figure its name in {@code eval.json}, dotted: {@code text_to_image.r1}
 * @param relation to the bound
 */
public record Requirement(String figure, Relation relation, double bound) {
  private static final Pattern TEXT =
      Pattern.compile("\\s*(\\S.*?)\\s*(>=|<=|>|<)\\s*([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)\\s*");

  /** How a figure stands to its bound. */
  public enum Relation {
    AT_LEAST(">="),
    AT_MOST("<="),
    ABOVE(">"),
    BELOW("<");

    private final String sign;

    Relation(String sign) {
      this.sign = sign;
    }

    private static Relation of(String sign) {
      for (Relation relation : values()) {
        if (relation.sign.equals(sign)) {
          return relation;
        }
      }
      throw new IllegalArgumentException(sign);
    }
  }

  /**
   * Reads {@code text_to_image.r1>=0.40}.
   *
   * @throws FacetException if it is none
   */
  public static Requirement parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (parts.matches()) {
      try {
        return new Requirement(
            parts.group(1), Relation.of(parts.group(2)), Double.parseDouble(parts.group(3)));
      } catch (NumberFormatException e) {
        // told below
      }
    }
    throw FacetException.usage(
        "--require %s: write a figure of eval.json, >=, <=, > or <, and a number, as in \"text_to_image.r1>=0.40\""
            .formatted(text));
  }

  /** Whether a value is as required; one that is not a number never is. */
  public boolean isMetBy(double value) {
    return switch (relation) {
      case AT_LEAST -> value >= bound;
      case AT_MOST -> value <= bound;
      case ABOVE -> value > bound;
      case BELOW -> value < bound;
    };
  }

  /** As it was written. */
  @Override
  public String toString() {
    return figure + relation.sign + bound;
  }
}
