package dev.facet.eval.zeroshot;

import dev.facet.base.FacetException;
import dev.facet.eval.label.Labels;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What prompts are to tell of a picture.
 *
 * @param name of the attribute
 * @param label of the data that has the truth
 * @param classes two or more; of two the first is the one that average precision is of
 */
record Attribute(String name, String label, List<PromptClass> classes) {
  List<String> classNames() {
    return classes.stream().map(PromptClass::name).toList();
  }

  /**
   * The class of each picture.
   *
   * @param rows a row of the data that shows each picture
   * @param all labels of the rows
   * @return below 0 where a picture has no label
   * @throws FacetException if a value stands for no class
   */
  int[] truth(long[] rows, List<Labels> all) {
    Labels labels = of(all);
    int[] classOf = labels.values().stream().mapToInt(value -> classOf(value, labels)).toArray();
    int[] truth = new int[rows.length];
    for (int picture = 0; picture < truth.length; picture++) {
      int value = labels.ofRow()[Math.toIntExact(rows[picture])];
      truth[picture] = value == Labels.NONE ? Labels.NONE : classOf[value];
    }
    return truth;
  }

  private int classOf(String value, Labels labels) {
    return IntStream.range(0, classes.size())
        .filter(c -> classes.get(c).has(value))
        .findFirst()
        .orElseThrow(
            () ->
                FacetException.usage(
                    ("the label %s has the value %s, which is no class of %s (%s): add it to the values"
                            + " of one in the prompt file, or leave it blank in the data")
                        .formatted(
                            labels.name(),
                            value,
                            name,
                            String.join(
                                "; ",
                                classes.stream()
                                    .map(c -> c.name() + ": " + String.join(", ", c.values()))
                                    .toList()))));
  }

  /** Its label among others. */
  Labels of(List<Labels> labels) {
    return labels.stream().filter(each -> each.name().equals(label)).findFirst().orElseThrow();
  }

  /**
   * Refuses labels that {@link #truth} would.
   *
   * @throws FacetException if a value stands for no class
   */
  void requireValues(List<Labels> all) {
    Labels labels = of(all);
    labels.values().forEach(value -> classOf(value, labels));
  }
}
