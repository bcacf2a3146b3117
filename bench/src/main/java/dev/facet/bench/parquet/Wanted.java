package dev.facet.bench.parquet;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The columns that a row is made of, as our own reader takes them. */
enum Wanted {
  ID("id"),
  IMAGE("image(\\.bytes)?"),
  CAPTIONS("captions(\\..*)?"),
  BOX("box\\..*"),
  LABEL_KEY("labels\\..*\\.key"),
  LABEL_VALUE("labels\\..*\\.value"),
  SOURCE("source");

  private final Pattern path;

  Wanted(String path) {
    this.path = Pattern.compile(path);
  }

  /** Which of a file's leaves these are, as places in that list; without those that are missing. */
  static Map<Wanted, Integer> among(List<String> paths) {
    Map<Wanted, Integer> found = new EnumMap<>(Wanted.class);
    for (Wanted wanted : values()) {
      for (int i = paths.size() - 1; i >= 0; i--) {
        if (wanted.path.matcher(paths.get(i)).matches()) {
          found.put(wanted, i);
        }
      }
    }
    return found;
  }

  /** The paths of what was found. */
  static List<String> paths(Map<Wanted, Integer> found, List<String> all) {
    List<String> paths = new ArrayList<>();
    found.values().forEach(place -> paths.add(all.get(place)));
    return paths;
  }
}
