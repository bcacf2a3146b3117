package dev.facet.model.selfcheck;

import dev.facet.model.ops.Precision;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a self-check found right. */
final class Checked {
  /** An operation at one size, alone or with gradients. */
  private record Entry(Part part, Size size, boolean gradients) {}

  private final List<Task> wanted;
  private final Set<Entry> done = new LinkedHashSet<>();

  Checked(List<Task> wanted) {
    this.wanted = wanted;
  }

  void add(Task task, Size size) {
    done.add(new Entry(task.part(), size, task.gradients()));
  }

  boolean has(Task task, Size size) {
    return done.contains(new Entry(task.part(), size, task.gradients()));
  }

  /** Whether it was looked at, at any size. */
  boolean has(Part part) {
    return done.stream().anyMatch(each -> each.part.equals(part));
  }

  /**
   * For the log: how many operations of each kind agree, and how many of the linear maps do at
   * which numbers of rows. Numbers that the run's own batches have are named also where they were
   * too many for the time.
   *
   * @param seconds that it took
   * @param where in words
   */
  String line(double seconds, String where) {
    return String.format(
        Locale.ROOT,
        "arithmetic: %s agree with float64; of the linear maps %s (%.1f s; %s, %s)",
        kinds(),
        rows(),
        seconds,
        where,
        wanted.stream()
            .map(each -> each.part().precision())
            .max(Comparator.naturalOrder())
            .orElse(Precision.FLOAT32)
            .name()
            .toLowerCase(Locale.ROOT));
  }

  private String kinds() {
    Map<String, Set<Part>> kinds = new LinkedHashMap<>();
    for (Entry each : done) {
      kinds.computeIfAbsent(each.part.kind(), _ -> new LinkedHashSet<>()).add(each.part);
    }
    return kinds.entrySet().stream()
        .map(each -> each.getValue().size() + " " + each.getKey())
        .collect(Collectors.joining(", "));
  }

  private String rows() {
    Map<Integer, Integer> own =
        maps(
            wanted.stream()
                .map(each -> new Entry(each.part(), each.size(), each.gradients()))
                .toList());
    Map<Integer, Integer> found = maps(done);
    Map<Integer, Integer> all = new TreeMap<>(Comparator.reverseOrder());
    all.putAll(own);
    all.putAll(found);
    return all.keySet().stream()
        .map(rows -> words(rows, found.getOrDefault(rows, 0), own.getOrDefault(rows, 0)))
        .collect(Collectors.joining(", "));
  }

  private static String words(int rows, int found, int own) {
    String share =
        found >= own ? Integer.toString(found) : (found == 0 ? "none" : found) + " of " + own;
    return String.format(Locale.ROOT, "%s at %,d %s", share, rows, rows == 1 ? "row" : "rows");
  }

  /** The number of linear maps at each number of rows. */
  private static Map<Integer, Integer> maps(Collection<Entry> entries) {
    Map<Integer, Set<Part>> maps = new LinkedHashMap<>();
    for (Entry each : entries) {
      if (each.part instanceof LinearMap) {
        maps.computeIfAbsent(each.size.rows(), _ -> new LinkedHashSet<>()).add(each.part);
      }
    }
    return maps.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().size()));
  }
}
