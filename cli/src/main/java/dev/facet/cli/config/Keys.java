package dev.facet.cli.config;

import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** Every setting there is, read off the records once. */
final class Keys {
  /** By dotted path, in the order of the records. */
  static final SequencedMap<String, Key> ALL;

  /** Dotted paths of the records between {@link Config} and the settings. */
  static final SequencedSet<String> SECTIONS;

  static {
    Map<String, Key> keys = new LinkedHashMap<>();
    SequencedSet<String> sections = new LinkedHashSet<>();
    collect("", Config.class, keys, sections);
    ALL = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(keys));
    SECTIONS = Collections.unmodifiableSequencedSet(sections);
  }

  private Keys() {}

  private static void collect(
      String prefix, Class<?> section, Map<String, Key> keys, SequencedSet<String> sections) {
    for (RecordComponent component : section.getRecordComponents()) {
      String path = prefix + Key.snakeCase(component.getName());
      if (isSection(component.getType())) {
        sections.add(path);
        collect(path + ".", component.getType(), keys, sections);
      } else {
        keys.put(path, new Key(path, component));
      }
    }
  }

  static boolean isSection(Class<?> type) {
    return type.isRecord() && type != Interval.class;
  }

  /** The last part of a dotted path. */
  static String name(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** What to write instead of a key that does not exist, as the end of a sentence. */
  static String suggestion(String unknown) {
    String best = nearest(unknown);
    if (best != null) {
      return "did you mean " + best + "?";
    }
    int dot = unknown.lastIndexOf('.');
    String section = dot < 0 ? "" : unknown.substring(0, dot);
    if (SECTIONS.contains(section)) {
      return section + " has " + names(section + ".");
    }
    return "there are " + names("");
  }

  private static @Nullable String nearest(String unknown) {
    String best = null;
    int least = Math.max(2, Keys.name(unknown).length() / 3) + 1;
    for (Iterable<String> paths : java.util.List.of(ALL.keySet(), SECTIONS)) {
      for (String path : paths) {
        // A right name in the wrong section is as near as one slip of a finger.
        int distance =
            Math.min(Edits.between(unknown, path), 1 + Edits.between(name(unknown), name(path)));
        if (distance < least) {
          least = distance;
          best = path;
        }
      }
    }
    return best;
  }

  private static String names(String prefix) {
    SequencedSet<String> names = new LinkedHashSet<>();
    for (String path : ALL.keySet()) {
      if (path.startsWith(prefix)) {
        String rest = path.substring(prefix.length());
        int dot = rest.indexOf('.');
        names.add(dot < 0 ? rest : rest.substring(0, dot));
      }
    }
    return String.join(", ", names);
  }
}
