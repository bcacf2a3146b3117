package dev.facet.eval.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Runs beside each other.
 *
 * @param where they were looked for
 * @param runs at least one, in the order to show them
 * @param notes on what was looked through, besides those of single runs
 */
public record ComparedRuns(String where, List<ComparedRun> runs, List<String> notes) {
  /** What a run is called, which says nothing of how it was trained. */
  private static final Set<String> NAMES = Set.of("run.dir", "run.name");

  /** With other values of these, a loss is the mean of something else. */
  private static final List<String> LOSS =
      List.of(
          "train.batch",
          "train.objective",
          "train.duplicates",
          "train.label_smoothing",
          "train.teacher",
          "train.distillation");

  /** A setting that a run does not have, because its config could not be read. */
  static final String UNKNOWN = "(not known)";

  public ComparedRuns {
    runs = List.copyOf(runs);
    notes = List.copyOf(notes);
  }

  /** Settings that are not the same in all runs whose config is known: their values, run by run. */
  SequencedMap<String, List<String>> differences() {
    SequencedMap<String, List<String>> differ = new LinkedHashMap<>();
    Collection<String> names = new TreeSet<>();
    runs.forEach(run -> names.addAll(run.settings().keySet()));
    names.removeAll(NAMES);
    for (String name : names) {
      List<String> values =
          runs.stream().map(run -> run.settings().getOrDefault(name, UNKNOWN)).toList();
      if (values.stream().filter(value -> !value.equals(UNKNOWN)).distinct().count() > 1) {
        differ.put(name, values);
      }
    }
    return differ;
  }

  /** The names of all held-out sets, in the order in which runs have them. */
  SequencedSet<String> sets() {
    SequencedSet<String> sets = new LinkedHashSet<>();
    runs.forEach(run -> sets.addAll(run.figures().best().keySet()));
    return sets;
  }

  /** What has to be known before figures are held against each other, sentence by sentence. */
  List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    for (ComparedRun run : runs) {
      if (run.problem() != null) {
        remarks.add(run.name() + ": " + run.problem());
      }
    }
    List<String> versions =
        runs.stream().map(ComparedRun::version).filter(Objects::nonNull).distinct().toList();
    if (versions.size() > 1) {
      remarks.add(
          "made with different versions of Facet (%s): a setting that one of them did not have counts as its default"
              .formatted(String.join(", ", versions)));
    }
    List<String> other = LOSS.stream().filter(differences()::containsKey).toList();
    if (!other.isEmpty()) {
      remarks.add(
          "losses are not to be compared where %s differ".formatted(String.join(", ", other)));
    }
    remarks.addAll(notes);
    return remarks;
  }
}
