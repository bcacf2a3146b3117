package dev.facet.cli.config;

import java.util.List;

/** A value that is not what its setting expects; each problem says what is. */
final class Mismatch extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problems.Problem> problems;

  Mismatch(List<Problems.Problem> problems) {
    super(problems.toString());
    this.problems = List.copyOf(problems);
  }

  Mismatch(Origin where, String message) {
    this(List.of(new Problems.Problem(where, message)));
  }

  /** {@code "train.batch is x; it expects a whole number"}. */
  static Mismatch of(Key key, GivenSettings.Value value) {
    return of(key, value, "");
  }

  /**
   * @param hint what more there is to say
   */
  static Mismatch of(Key key, GivenSettings.Value value, String hint) {
    return new Mismatch(
        value.where(),
        key.path()
            + " is "
            + QuotedValue.of(value.node())
            + "; it expects "
            + key.expectation()
            + hint);
  }

  List<Problems.Problem> problems() {
    return problems;
  }
}
