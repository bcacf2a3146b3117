package dev.facet.eval.label;

import dev.facet.base.FacetException;
import dev.facet.loader.text.CsvRecords;
import dev.facet.loader.text.Line;
import dev.facet.loader.text.LineReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Labels in a file of their own: a table with a header, separated by commas, tabs, semicolons or
 * bars, whose column {@code id} (else its first) names pictures; or CelebA's {@code
 * list_attr_celeba.txt}, which has the number of its rows, the names of the labels, and rows of a
 * file name and values, all set apart by blanks.
 *
 * <p>Rows of data and file belong together by the same name: as it stands; else without folders;
 * else without folders and ending. The first of these that joins most rows is used for all.
 */
public final class LabelFile {
  private static final String ID = "id";
  private static final Pattern COUNT = Pattern.compile("\\s*\\d+\\s*");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /** What a row has that the file does not name. */
  private static final String[] NONE = new String[0];

  private static final List<UnaryOperator<String>> NAMES =
      List.of(
          UnaryOperator.identity(),
          LabelFile::withoutFolders,
          name -> withoutFolders(name).replaceFirst("\\.[A-Za-z0-9]{1,5}$", ""));

  private final Path path;
  private final Collection<String> wanted;
  private final SortedSet<String> there = new TreeSet<>();

  /** By the name of a picture its values, in the order of the labels that are wanted. */
  private final Map<String, String[]> rows = new HashMap<>();

  private LabelFile(Path path, Collection<String> wanted) {
    this.path = path;
    this.wanted = wanted;
  }

  /**
   * Labels of rows.
   *
   * @param labels by label, of every row
   * @param joined how many of the rows the file names
   */
  public record Found(List<Labels> labels, int joined) {}

  /**
   * Reads labels of a data set's rows. A blank one is none, and so are those of a row that the file
   * does not name.
   *
   * @param ids of the rows; empty for one that nobody asks about
   * @param names of the labels
   * @param most values that a label may have
   * @throws FacetException if no row is in the file, none has one of the labels, or a row is there
   *     twice
   */
  public static Found read(Path path, String[] ids, Collection<String> names, int most)
      throws IOException {
    List<String> wanted = names.stream().distinct().toList();
    LabelFile file = new LabelFile(path, wanted);
    file.readRows();
    String[][] joined = file.join(ids);
    LabelColumns columns = new LabelColumns(path.toString(), wanted, ids.length, most);
    int count = 0;
    for (int row = 0; row < joined.length; row++) {
      String[] values = joined[row];
      count += Math.min(1, values.length);
      for (int i = 0; i < values.length; i++) {
        columns.add(row, wanted.get(i), values[i]);
      }
    }
    return new Found(columns.labels(file.there), count);
  }

  private void readRows() throws IOException {
    Line first;
    try (LineReader lines = new LineReader(path)) {
      first = lines.next();
    }
    if (first == null) {
      throw noTable();
    }
    // A line that is no Unicode is a table's, whose reader knows other encodings.
    if (first.text() != null && COUNT.matcher(first.text()).matches()) {
      readBlanks();
    } else {
      readTable();
    }
  }

  private FacetException noTable() {
    return FacetException.usage(path + " is empty or no text: name a table of labels");
  }

  private void readTable() throws IOException {
    try (CsvRecords records = new CsvRecords(path, wanted::contains)) {
      List<String> header = records.header();
      if (header.isEmpty()) {
        throw noTable();
      }
      int id = Math.max(0, header.indexOf(ID));
      there.addAll(header);
      there.remove(header.get(id));
      for (var row = records.next(); row != null; row = records.next()) {
        if (row.problem() != null) {
          throw FacetException.usage(
              String.format(Locale.ROOT, "%s, line %d: %s", path, row.number(), row.problem()));
        }
        List<String> cells = row.cells();
        add(
            row.number(),
            cells.get(id),
            wanted.stream()
                .map(header::indexOf)
                .map(column -> column < 0 ? "" : cells.get(column))
                .toArray(String[]::new));
      }
    }
  }

  private void readBlanks() throws IOException {
    try (LineReader lines = new LineReader(path)) {
      lines.next();
      Line names = lines.next();
      List<String> header =
          names == null || names.text() == null ? List.of() : cells(names.text()).toList();
      there.addAll(header);
      for (Line line = lines.next(); line != null; line = lines.next()) {
        List<String> cells = line.text() == null ? List.of() : cells(line.text()).toList();
        if (cells.isEmpty() && line.isBlank()) {
          continue;
        }
        if (cells.size() != header.size() + 1) {
          throw FacetException.usage(
              String.format(
                  Locale.ROOT,
                  "%s, line %d: it has %d words, where a name and %d values are expected, as in"
                      + " CelebA's `list_attr_celeba.txt`",
                  path,
                  line.number(),
                  cells.size(),
                  header.size()));
        }
        add(
            line.number(),
            cells.getFirst(),
            wanted.stream()
                .map(header::indexOf)
                .map(column -> column < 0 ? "" : cells.get(column + 1))
                .toArray(String[]::new));
      }
    }
  }

  private static Stream<String> cells(String line) {
    return BLANKS.splitAsStream(line.strip()).filter(cell -> !cell.isEmpty());
  }

  private void add(long line, String name, String[] values) {
    String[] before = rows.putIfAbsent(name.strip(), values);
    if (before != null && !Arrays.equals(before, values)) {
      throw FacetException.usage(
          String.format(
              Locale.ROOT,
              "%s, line %d: %s is there a second time with other labels: leave one of them out",
              path,
              line,
              name.strip()));
    }
  }

  private String[][] join(String[] ids) {
    String[][] best = new String[0][];
    long most = 0;
    for (UnaryOperator<String> name : NAMES) {
      Map<String, String[]> named = new HashMap<>();
      for (Map.Entry<String, String[]> each : rows.entrySet()) {
        // What several rows of the file are called by this rule is the name of none.
        named.merge(
            name.apply(each.getKey()),
            each.getValue(),
            (one, other) -> Arrays.equals(one, other) ? one : NONE);
      }
      String[][] joined =
          Stream.of(ids)
              .map(id -> id.isEmpty() ? NONE : named.getOrDefault(name.apply(id), NONE))
              .toArray(String[][]::new);
      long count = Stream.of(joined).filter(values -> values.length > 0).count();
      if (count > most) {
        most = count;
        best = joined;
      }
    }
    if (most == 0) {
      throw matchesNothing(ids);
    }
    return best;
  }

  private FacetException matchesNothing(String[] ids) {
    return FacetException.usage(
        ("no row of the data is in %s: its first names are %s, the first ids of the data %s. The column"
                + " id of the file, or its first, has to hold the ids of the data, or their file names")
            .formatted(
                path,
                rows.isEmpty()
                    ? "none"
                    : String.join(", ", rows.keySet().stream().sorted().limit(3).toList()),
                String.join(", ", Stream.of(ids).filter(id -> !id.isEmpty()).limit(3).toList())));
  }

  private static String withoutFolders(String name) {
    return name.substring(1 + Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')));
  }
}
