package dev.facet.cli.config;

import dev.facet.base.EditDistance;
import dev.facet.base.Inline;
import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every setting there is, read off the records once. */
final class Keys {
  private final SequencedMap<String, Key> all;
  private final SequencedSet<String> sections;

  /** The settings of a record and of those in it. */
  Keys(Class<?> root) {
    SequencedMap<String, Key> keys = new LinkedHashMap<>();
    SequencedSet<String> found = new LinkedHashSet<>();
    collect("", root, keys, found);
    all = Collections.unmodifiableSequencedMap(keys);
    sections = Collections.unmodifiableSequencedSet(found);
  }

  /** By dotted path, in the order of the records. */
  SequencedMap<String, Key> all() {
    return all;
  }

  /** Dotted paths of the records between the root and the settings. */
  SequencedSet<String> sections() {
    return sections;
  }

  private static void collect(
      String prefix, Class<?> section, Map<String, Key> keys, SequencedSet<String> sections) {
    for (RecordComponent component : section.getRecordComponents()) {
      Key key = Key.of(prefix, component);
      if (key.shape() instanceof Shape.Section(Class<?> type)) {
        if (!component.isAnnotationPresent(Inline.class)) {
          sections.add(key.path());
        }
        collect(Key.prefix(prefix, component), type, keys, sections);
      } else {
        keys.put(key.path(), key);
      }
    }
  }

  /** The last part of a dotted path. */
  static String name(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** What to write instead of a key that does not exist, as the end of a sentence. */
  String suggestion(String unknown) {
    // Elements are not settings of their own: data.mixture[0].root, augment.flip.
    Key list = all.get(unknown.contains("[") ? unknown.replaceAll("\\[.*", "") : section(unknown));
    if (list != null && list.shape() instanceof Shape.Listed) {
      return list.path() + " is set as a whole: it expects " + list.expectation();
    }
    String best = nearest(unknown);
    if (best != null) {
      return "did you mean " + best + "?";
    }
    for (String section : sections) {
      if (EditDistance.between(section(unknown), section) <= 2) {
        return section + " has " + names(section + ".");
      }
    }
    return "there are " + names("");
  }

  private @Nullable String nearest(String unknown) {
    String best = null;
    int least = EditDistance.tolerance(name(unknown)) + 1;
    for (String path : Stream.concat(all.keySet().stream(), sections.stream()).toList()) {
      int distance = distance(unknown, path);
      if (distance < least) {
        least = distance;
        best = path;
      }
    }
    return best;
  }

  /** Slips of the finger between two paths. */
  private static int distance(String unknown, String path) {
    int names = EditDistance.slips(name(unknown), name(path));
    // The right name in the wrong section is one slip too.
    int sections = Math.min(1, EditDistance.between(section(unknown), section(path)));
    return Math.min(EditDistance.between(unknown, path), names + sections);
  }

  private static String section(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('.')));
  }

  /** The first setting of a section, as an example of them. */
  String first(String section) {
    return all.keySet().stream()
        .filter(path -> path.startsWith(section + "."))
        .findFirst()
        .orElseThrow();
  }

  /** What there is in a section, which is given with its dot. */
  String names(String prefix) {
    SequencedSet<String> names = new LinkedHashSet<>();
    for (String path : all.keySet()) {
      if (path.startsWith(prefix)) {
        String rest = path.substring(prefix.length());
        int dot = rest.indexOf('.');
        names.add(dot < 0 ? rest : rest.substring(0, dot));
      }
    }
    return String.join(", ", names);
  }
}
