package dev.facet.eval.zeroshot;

import dev.facet.eval.label.Labels;
import java.util.List;

/**
 * A class that an attribute may have.
 *
 * @param name of the class
 * @param values of the label that stand for it; numbers are compared as such, words without regard
 *     to case
 * @param prompts that describe it, templates filled in
 */
record PromptClass(String name, List<String> values, List<String> prompts) {
  /** Whether a value of the label stands for this class. */
  boolean has(String value) {
    return values.stream()
        .anyMatch(
            each ->
                (Labels.isNumber(each) && Labels.isNumber(value))
                    ? Double.parseDouble(each) == Double.parseDouble(value)
                    : each.equalsIgnoreCase(value));
  }
}
