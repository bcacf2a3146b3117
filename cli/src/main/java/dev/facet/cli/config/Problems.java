package dev.facet.cli.config;

import dev.facet.base.FacetException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Everything wrong with a config, gathered to be told at once. */
final class Problems {
  /** Where it is ({@code file:line:column} or the option) and what it is, with the cure. */
  record Problem(Origin where, String message) {}

  private final List<Problem> problems = new ArrayList<>();

  void add(Origin where, String message) {
    problems.add(new Problem(where, message));
  }

  void addAll(List<Problem> more) {
    problems.addAll(more);
  }

  /** Fails if anything was added, with one line for each problem, in the order of the file. */
  void throwIfAny() {
    if (problems.isEmpty()) {
      return;
    }
    problems.sort(Comparator.comparingInt(problem -> problem.where().line()));
    StringBuilder text = new StringBuilder();
    if (problems.size() > 1) {
      text.append(problems.size()).append(" problems in the config:");
    }
    for (Problem problem : problems) {
      text.append(problems.size() > 1 ? "\n  " : "")
          .append(problem.where().text())
          .append(": ")
          .append(problem.message());
    }
    throw FacetException.usage(text.toString());
  }
}
