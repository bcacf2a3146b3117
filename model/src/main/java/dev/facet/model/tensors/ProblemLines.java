package dev.facet.model.tensors;

import java.util.Collection;
import java.util.stream.Collectors;

/** Many problems of one kind in one message. */
public final class ProblemLines {
  /** Lines that a message shows; a model has hundreds of weights. */
  private static final int SHOWN = 40;

  private ProblemLines() {}

  /** The first of them, a line each, and how many more there are. */
  public static String of(Collection<String> problems) {
    int more = problems.size() - SHOWN;
    return problems.stream().limit(SHOWN).collect(Collectors.joining("\n  "))
        + (more > 0 ? "\n  and " + more + " more" : "");
  }
}
