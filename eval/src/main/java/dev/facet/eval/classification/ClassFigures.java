package dev.facet.eval.classification;

import dev.facet.eval.measure.NamedMeasures;
import java.util.Collections;
import java.util.List;

/**
 * How well pictures were put into some classes.
 *
 * @param name of what the classes are of
 * @param classes their names
 * @param counts pictures of each class
 * @param unlabelled pictures whose class is not known; they are in no figure
 * @param figures {@code accuracy}, {@code balanced_accuracy} and {@code average_precision}
 * @param recalls by class, the share of its pictures that were put there
 */
public record ClassFigures(
    String name,
    List<String> classes,
    List<Integer> counts,
    int unlabelled,
    NamedMeasures figures,
    NamedMeasures recalls) {

  /** How many pictures are in the figures. */
  public int pictures() {
    return counts.stream().mapToInt(Integer::intValue).sum();
  }

  /** Whether two classes or more have pictures; else accuracy alone is a figure. */
  public boolean isMixed() {
    return counts.stream().filter(count -> count > 0).count() > 1;
  }

  /** The accuracy of whoever always says the most frequent class. */
  public double mostFrequent() {
    return (double) Collections.max(counts) / pictures();
  }
}
