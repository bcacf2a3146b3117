package dev.facet.cli.config;

import dev.facet.base.FacetException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Everything wrong with a config, gathered to be told at once. */
final class Problems {
  /** Where it is ({@code file:line:column} or the option) and what it is, with the cure. */
  record Problem(Origin where, String message) {}

  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> settings = new TreeSet<>();

  /**
   * @param setting that it is about, dotted; empty for the file as a whole
   */
  void add(Origin where, String setting, String message) {
    addAll(setting, List.of(new Problem(where, message)));
  }

  /** A name that no setting has: what there are keep their values, and can be looked at. */
  void addUnknown(Origin where, String message) {
    problems.add(new Problem(where, message));
  }

  void addAll(String setting, List<Problem> more) {
    settings.add(setting);
    problems.addAll(more);
  }

  /** What the problems are about. */
  Set<String> settings() {
    return settings;
  }

  /** Fails if anything was added, with one line for each problem, in the order of the file. */
  void throwIfAny() {
    List<String> texts = texts();
    if (texts.size() > 1) {
      throw FacetException.usage(
          texts.size() + " problems in the config:\n  " + String.join("\n  ", texts));
    }
    if (!texts.isEmpty()) {
      throw FacetException.usage(texts.getFirst());
    }
  }

  /** Each with its place, in the order of the file. */
  List<String> texts() {
    return problems.stream()
        .sorted(Comparator.comparingInt(problem -> problem.where().line()))
        .map(problem -> problem.where().text() + ": " + problem.message())
        .toList();
  }
}
