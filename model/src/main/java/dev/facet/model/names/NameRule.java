package dev.facet.model.names;

import java.util.List;
import java.util.stream.Stream;

/**
 * How some weights of a model lie in a file of other names.
 *
 * @param ours the model's names
 * @param theirs the file's
 */
public record NameRule(Form form, List<String> ours, List<String> theirs) {
  /** The step between the two; "ours" is the model's side. */
  public enum Form {
    /** Name only. */
    SAME,
    /** [out, in] of ours is [in, out] of theirs. */
    TRANSPOSED,
    /** One number: [] on both sides, though some files have [1]. */
    SCALAR,
    /** One number: [1] of ours is [] of theirs, or [1] too. */
    SINGLE,
    /** [N, D] of ours is [1, N, D] of theirs. */
    LEADING_ONE,
    /** Query, key and value of ours are the three thirds of one of theirs, in this order. */
    FUSED,
    /** One of ours is query, key and value; of theirs, the query is apart from key and value. */
    QUERY_APART
  }

  /** Both sides of a line, where {@code @} stands for weight and bias. */
  static Stream<NameRule> line(Form form, String ours, String theirs) {
    return ours.contains("@")
        ? Stream.of("weight", "bias")
            .map(each -> one(form, ours.replace("@", each), theirs.replace("@", each)))
        : Stream.of(one(form, ours, theirs));
  }

  private static NameRule one(Form form, String ours, String theirs) {
    return new NameRule(form, each(ours, "[q,k,v]"), each(theirs, "[q,kv]"));
  }

  /** One name for each of the words in brackets. */
  private static List<String> each(String name, String brackets) {
    return name.contains(brackets)
        ? Stream.of(brackets.substring(1, brackets.length() - 1).split(","))
            .map(word -> name.replace(brackets, word))
            .toList()
        : List.of(name);
  }
}
