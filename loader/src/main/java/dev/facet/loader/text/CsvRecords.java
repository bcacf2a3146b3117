package dev.facet.loader.text;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The records of a table, quoted as in RFC 4180: a cell in quotes may hold separators, lines and
 * doubled quotes. Between tabs or bars many programs write quotes as they are; there a record that
 * makes no sense otherwise is taken by its line, quotes and all.
 *
 * <p>A record that cannot be one is told as such, and reading goes on at the first line after its
 * begin that begins a record with as many cells as the header: a quote that is never closed costs
 * its own line, not all that follow.
 */
public final class CsvRecords implements Closeable {
  /** Lines and characters that a quoted cell may run on for. */
  private static final int MOST_LINES = 1000;

  private static final int MOST_CHARACTERS = 1 << 20;

  /** As much of a cell as a message shows. */
  private static final int SHOWN = 60;

  /**
   * A record.
   *
   * @param number of its first line
   * @param cells as the header has them, and perhaps blank ones; empty if there is a problem
   * @param problem what is wrong with it, as a sentence without the place
   */
  public record Found(long number, List<String> cells, @Nullable String problem) {}

  /** What separates cells; of two that fit a header as well, the first. */
  private static final List<Character> SEPARATORS = List.of('\t', ',', ';', '|');

  /** What Excel takes the separator from, if it is the first line. */
  private static final Pattern TOLD = Pattern.compile("(?i)\"?sep=([\t,;|])\"?\\s*");

  private final TextEncoding encoding;
  private final LineReader lines;
  private final List<Line> ahead = new ArrayList<>();
  private final char separator;
  private final List<String> header;

  /**
   * Reads the header.
   *
   * @param known whether a name in a header is one that is looked for
   * @throws IOException if it cannot be read
   */
  public CsvRecords(Path file, Predicate<String> known) throws IOException {
    encoding = TextEncoding.ofTable(file);
    lines = new LineReader(file, encoding);
    Line first = first();
    if (first == null) {
      separator = ',';
      header = List.of();
      return;
    }
    if (first.text() == null) {
      throw new IOException(
          String.format(Locale.ROOT, "its header, line %d, %s", first.number(), first.problem()));
    }
    Matcher told = TOLD.matcher(first.text());
    if (told.matches()) {
      consume(1);
    }
    separator = told.matches() ? told.group(1).charAt(0) : separator(first.text(), known);
    Attempt attempt = new Attempt(0, 0, false);
    if (attempt.problem != null) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "its header, line %d, is no table's: %s",
              first.number(),
              attempt.problem));
    }
    header = attempt.cells.stream().map(String::strip).toList();
    consume(attempt.lines);
  }

  /** How its characters are written. */
  public TextEncoding encoding() {
    return encoding;
  }

  /** The separator by which a header has most of the names that are looked for, or most names. */
  private static char separator(String header, Predicate<String> known) {
    char best = ',';
    long most = 0;
    for (char each : SEPARATORS) {
      List<String> names = names(header, each);
      long fit = 1000 * names.stream().filter(known).count() + names.size();
      if (fit > most) {
        best = each;
        most = fit;
      }
    }
    return best;
  }

  /** The names in a header line, whatever separates them. */
  public static List<String> names(String header, Predicate<String> known) {
    return names(header, separator(header, known));
  }

  /** The cells of a line, where none holds a separator. */
  private static List<String> names(String header, char separator) {
    return Arrays.stream(header.split(Pattern.quote(String.valueOf(separator)), -1))
        .map(name -> name.strip().replaceAll("^\"(.*)\"$", "$1"))
        .toList();
  }

  /** The names in the header; none in an empty file. */
  public List<String> header() {
    return header;
  }

  /** The next record; null after the last. */
  public @Nullable Found next() throws IOException {
    Line first = first();
    if (first == null) {
      return null;
    }
    Attempt attempt = attempt(0);
    String problem = attempt.misfit();
    if (problem == null) {
      consume(attempt.lines);
      return new Found(first.number(), attempt.cells, null);
    }
    int next = 1;
    while (next < attempt.lines && attempt(next).misfit() != null) {
      next++;
    }
    consume(next);
    return new Found(
        first.number(),
        List.of(),
        next == 1 ? problem : problem + " (up to line " + (first.number() + next - 1) + ")");
  }

  /** The record that begins at a line ahead. */
  private Attempt attempt(int from) throws IOException {
    Attempt quoted = new Attempt(from, header.size(), false);
    boolean bare = separator == '\t' || separator == '|';
    if (!bare || (quoted.misfit() == null && !quoted.swallows())) {
      return quoted;
    }
    Attempt plain = new Attempt(from, header.size(), true);
    return plain.misfit() == null ? plain : quoted;
  }

  /** Passes over blank lines. */
  private @Nullable Line first() throws IOException {
    Line line = line(0);
    while (line != null && line.isBlank()) {
      consume(1);
      line = line(0);
    }
    return line;
  }

  private @Nullable Line line(int k) throws IOException {
    if (k == ahead.size()) {
      Line line = lines.next();
      if (line == null) {
        return null;
      }
      ahead.add(line);
    }
    return ahead.get(k);
  }

  private void consume(int count) {
    ahead.subList(0, count).clear();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  /** What comes out if a record begins at a line that lies ahead. */
  private final class Attempt {
    private final List<String> cells = new ArrayList<>();
    private final int from;
    private final int columns;

    /** Lines that surely belong to the record. */
    private int lines = 1;

    private @Nullable String problem;
    private String text = "";
    private int at;

    Attempt(int from, int columns, boolean bare) throws IOException {
      this.from = from;
      this.columns = columns;
      Line line = line(from);
      if (line == null || line.text() == null) {
        problem = "it " + (line == null ? "is not there" : line.problem());
        return;
      }
      text = line.text();
      boolean more = true;
      while (more && problem == null) {
        more = (!bare && atQuote()) ? quoted() : plain();
      }
    }

    /** Whether lines that it takes in would be records of their own if quotes meant nothing. */
    boolean swallows() throws IOException {
      for (int i = 1; i < lines; i++) {
        Line line = line(from + i);
        if (line != null
            && line.text() != null
            && names(line.text(), separator).size() == columns) {
          return true;
        }
      }
      return false;
    }

    /** Goes to the quote that a cell begins with; after blanks only if it ends there as well. */
    private boolean atQuote() {
      int quote = at;
      while (quote < length() && text.charAt(quote) == ' ') {
        quote++;
      }
      if (!text.startsWith("\"", quote) || (quote > at && !closes(quote + 1))) {
        return false;
      }
      at = quote;
      return true;
    }

    private boolean closes(int begin) {
      int quote = text.indexOf('"', begin);
      while (quote >= 0 && text.startsWith("\"", quote + 1)) {
        quote = text.indexOf('"', quote + 2);
      }
      int after = quote + 1;
      while (after < length() && text.charAt(after) == ' ') {
        after++;
      }
      return quote >= 0 && (after >= length() || text.charAt(after) == separator);
    }

    /** Why it cannot be a row of the table; null if it can. */
    @Nullable String misfit() {
      if (problem != null) {
        return problem;
      }
      for (int i = columns; i < cells.size(); i++) {
        if (!cells.get(i).isBlank()) {
          return String.format(
              Locale.ROOT,
              "it has more cells than the header, which has %d; the first surplus one is '%s': put"
                  + " cells that hold a separator in double quotes",
              columns,
              shortened(cells.get(i).strip()));
        }
      }
      return cells.size() < columns
          ? String.format(Locale.ROOT, "it has %d cells, the header has %d", cells.size(), columns)
          : null;
    }

    /** Adds a cell that ends at the next separator; whether another one follows. */
    private boolean plain() {
      int end = text.indexOf(separator, at);
      cells.add(text.substring(at, end < 0 ? length() : end).strip());
      at = end + 1;
      return end >= 0;
    }

    /** Adds a cell in quotes; whether another one follows. */
    private boolean quoted() throws IOException {
      StringBuilder cell = new StringBuilder();
      int opened = lines;
      at++;
      while (true) {
        int quote = text.indexOf('"', at);
        if (quote < 0) {
          cell.append(text, at, length()).append('\n');
          if (!goOn(opened, cell.length())) {
            return false;
          }
        } else if (text.startsWith("\"", quote + 1)) {
          cell.append(text, at, quote + 1);
          at = quote + 2;
        } else {
          cell.append(text, at, quote);
          at = quote + 1;
          break;
        }
      }
      cells.add(cell.toString());
      while (at < length() && text.charAt(at) == ' ') {
        at++;
      }
      if (at >= length()) {
        return false;
      }
      if (text.charAt(at) != separator) {
        problem =
            "after a closing quote stands '%s', not a separator: double the quotes within a cell"
                .formatted(shortened(text.substring(at, length())));
        return false;
      }
      at++;
      return true;
    }

    /** Goes to the next line within a quoted cell. */
    private boolean goOn(int opened, int characters) throws IOException {
      boolean tooFar = lines - opened == MOST_LINES || characters > MOST_CHARACTERS;
      Line next = tooFar ? null : line(from + lines);
      if (next == null || next.text() == null) {
        problem =
            next != null
                ? "a quote is open where a line follows that " + next.problem()
                : "a quote that it opens is never closed";
        lines = 1; // the lines after it may be rows of their own
        return false;
      }
      lines++;
      text = next.text();
      at = 0;
      return true;
    }

    /** Without the carriage return of a line feed. */
    private int length() {
      return text.endsWith("\r") ? text.length() - 1 : text.length();
    }

    private static String shortened(String words) {
      return words.length() <= SHOWN ? words : words.substring(0, SHOWN) + "...";
    }
  }
}
