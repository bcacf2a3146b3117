package dev.facet.prepare.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.FacetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which of the columns that are looked for a file has, and how a row is made of them.
 *
 * @param url and the other names: columns that are there; null where none is
 */
record ColumnChoice(
    @Nullable String url,
    @Nullable String id,
    List<String> captions,
    @Nullable String box,
    @Nullable String sha256,
    @Nullable String image) {

  /** Ends the name of a column of conversations: what the human says. */
  private static final String HUMAN = ".human";

  /**
   * Chooses among what is there.
   *
   * @param has whether a column, or a field of a structure, is there
   * @param there names for a message
   * @throws FacetException if something that is looked for is not there
   */
  static ColumnChoice of(
      Path file, TableColumns columns, Predicate<String> has, Collection<String> there) {
    Search search = new Search(file, has, there);
    String url =
        columns.fetched()
            ? search.first(columns.url(), "url", "addresses")
            : search.any(columns.url());
    List<String> captions = new ArrayList<>();
    for (String each : columns.captions()) {
      String caption = search.first(names(each), "captions", "captions");
      if (caption != null) {
        captions.add(caption);
      }
    }
    return new ColumnChoice(
        url,
        search.first(columns.id(), "id", "ids"),
        captions,
        search.first(columns.box(), "box", "boxes"),
        search.first(columns.sha256(), "sha256", "digests"),
        search.first(columns.image(), "image", "paths"));
  }

  /** All names that are looked for, those of addresses first. */
  static List<String> names(TableColumns columns) {
    List<String> all = new ArrayList<>(columns.url());
    columns.captions().forEach(each -> all.addAll(names(each)));
    all.addAll(columns.id());
    all.addAll(columns.box());
    all.addAll(columns.sha256());
    all.addAll(columns.image());
    return all;
  }

  /** The same, as they are called in a table. */
  static List<String> readNames(TableColumns columns) {
    return names(columns).stream().map(ColumnChoice::read).toList();
  }

  private static List<String> names(String alternatives) {
    return List.of(alternatives.split("\\|", -1));
  }

  private record Search(Path file, Predicate<String> has, Collection<String> there) {
    /** The first that is there; null if none is. */
    @Nullable String any(List<String> names) {
      return names.stream().filter(name -> has.test(read(name))).findFirst().orElse(null);
    }

    /** The first that is there; null if none is looked for. */
    @Nullable String first(List<String> names, String key, String what) {
      if (names.isEmpty()) {
        return null;
      }
      String found = any(names);
      if (found == null) {
        throw FacetException.usage(
            "%s has no column `%s`; it has %s: set source.columns.%s to the one with the %s%s"
                .formatted(
                    file,
                    String.join("` or `", names),
                    there.isEmpty() ? "none" : String.join(", ", there),
                    key,
                    what,
                    key.equals("url") ? "" : ", or to [] for none"));
      }
      return found;
    }
  }

  /** The columns to read. */
  List<String> read() {
    Set<String> all = new LinkedHashSet<>();
    for (String each : new @Nullable String[] {url, id, box, sha256, image}) {
      if (each != null) {
        all.add(each);
      }
    }
    captions.forEach(each -> all.add(read(each)));
    return List.copyOf(all);
  }

  private static String read(String name) {
    return name.endsWith(HUMAN) ? name.substring(0, name.length() - HUMAN.length()) : name;
  }

  /** A row of these columns. */
  PublishedRow row(long number, JsonNode row) {
    SequencedMap<String, List<String>> texts = new LinkedHashMap<>();
    for (String each : captions) {
      JsonNode cell = Cells.find(row, read(each));
      texts.put(each, each.endsWith(HUMAN) ? Cells.prompts(cell) : Cells.captions(cell));
    }
    String digest = text(row, sha256);
    String path = text(row, image);
    return new PublishedRow(
        number,
        text(row, id),
        url == null ? List.of() : Cells.texts(Cells.find(row, url)),
        texts,
        box == null ? List.of() : Cells.boxes(Cells.find(row, box)),
        digest.isEmpty() ? null : digest,
        path.isEmpty() ? null : path);
  }

  private static String text(JsonNode row, @Nullable String name) {
    return name == null ? "" : Cells.text(Cells.find(row, name));
  }
}
