package dev.facet.cli.command;

import dev.facet.base.FacetException;
import java.util.List;
import java.util.stream.Collectors;

/** What a dry run found wrong, told at once. */
final class Problems {
  private Problems() {}

  /** Fails if there is one, with all of them in one message. */
  static void throwIfAny(List<String> problems) {
    if (problems.size() > 1) {
      String list =
          problems.stream()
              .map(problem -> "\n  " + problem.replace("\n", "\n  "))
              .collect(Collectors.joining());
      throw FacetException.usage(problems.size() + " problems:" + list);
    }
    if (!problems.isEmpty()) {
      throw FacetException.usage(problems.getFirst());
    }
  }
}
