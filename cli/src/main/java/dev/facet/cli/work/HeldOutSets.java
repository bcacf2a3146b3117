package dev.facet.cli.work;

import dev.facet.cli.config.Config;
import dev.facet.cli.config.HeldOutSet;
import dev.facet.cli.settings.EvalSet;
import dev.facet.loader.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The held-out sets of a run, opened; the one that picks the best weights comes first. */
final class HeldOutSets implements AutoCloseable {
  /** A set with its rows. */
  record Opened(HeldOutSet set, Dataset data) {
    boolean tests() {
      return set.use() == EvalSet.Use.TEST;
    }

    /** Which rows these are, for people. */
    String rows() {
      return "split %s of %s".formatted(set.config().data().evalSplit(), data.name());
    }
  }

  private final List<Opened> opened = new ArrayList<>();

  /**
   * Opens all.
   *
   * @throws dev.facet.base.FacetException if one of them is not there
   */
  static HeldOutSets open(Config config) {
    HeldOutSets sets = new HeldOutSets();
    try {
      HeldOutSet picking = config.picking();
      sets.add(picking);
      config.heldOut().stream().filter(set -> !set.equals(picking)).forEach(sets::add);
      return sets;
    } catch (RuntimeException e) {
      sets.close();
      throw e;
    }
  }

  private void add(HeldOutSet set) {
    opened.add(new Opened(set, Sources.heldOut(set.config().data())));
  }

  List<Opened> all() {
    return opened;
  }

  /** Those for validation, in the order of {@link #all}. */
  List<Opened> validating() {
    return opened.stream().filter(set -> !set.tests()).toList();
  }

  /** Those to test on, or where there is none, the one that picks the best weights. */
  List<Opened> results() {
    List<Opened> tests = opened.stream().filter(Opened::tests).toList();
    return tests.isEmpty() ? opened.subList(0, 1) : tests;
  }

  /** How many rows each has, for people. */
  String text() {
    return opened.stream()
        .map(set -> String.format(Locale.ROOT, "%,d (%s)", set.data().size(), set.set().name()))
        .collect(Collectors.joining(", "));
  }

  @Override
  public void close() {
    opened.forEach(set -> set.data().close());
  }
}
