package dev.facet.prepare.fetch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Status and headers of an answer (RFC 9112).
 *
 * @param oldServer whether it speaks HTTP/1.0, where connections end with the answer by default
 */
record Head(boolean oldServer, int status, List<Field> fields) {
  /** A header; its name is in small letters. */
  record Field(String name, String value) {}

  private static final int MOST_BYTES = 64 << 10;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.(\\d) (\\d{3})(?: .*)?");

  /** Reads a head; those that only say that an answer will come are passed over. */
  static Head read(Input in) throws IOException {
    int left = MOST_BYTES;
    while (true) {
      String first = in.line(left);
      left -= first.length();
      Matcher status = STATUS.matcher(first);
      if (!status.matches()) {
        throw FetchFailure.lasting(Reason.BAD_ANSWER, "the answer is no HTTP");
      }
      List<Field> fields = new ArrayList<>();
      for (String line = in.line(left); !line.isEmpty(); line = in.line(left)) {
        left -= line.length() + 2;
        add(line, fields);
      }
      int number = Integer.parseInt(status.group(2));
      if (number >= 200) {
        return new Head(status.group(1).equals("0"), number, List.copyOf(fields));
      }
      left -= 2;
      if (number == 101) {
        throw FetchFailure.lasting(Reason.BAD_ANSWER, "the server changes to another protocol");
      }
    }
  }

  private static void add(String line, List<Field> fields) throws FetchFailure {
    boolean goesOn = line.charAt(0) == ' ' || line.charAt(0) == '\t';
    if (goesOn && !fields.isEmpty()) {
      Field last = fields.removeLast();
      fields.add(new Field(last.name, last.value + " " + line.strip()));
      return;
    }
    int colon = line.indexOf(':');
    if (colon <= 0) {
      throw FetchFailure.lasting(Reason.BAD_ANSWER, "a header has no name");
    }
    fields.add(
        new Field(
            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip()));
  }

  /** All values of a header, each line's for itself. */
  Stream<String> all(String name) {
    return fields.stream().filter(field -> field.name.equals(name)).map(Field::value);
  }

  /** The first value of a header; empty if there is none. */
  String first(String name) {
    return all(name).findFirst().orElse("");
  }

  /** Whether one of a header's words, which commas part, is this one. */
  boolean says(String name, String word) {
    return all(name)
        .flatMap(Pattern.compile(",")::splitAsStream)
        .anyMatch(said -> said.strip().equalsIgnoreCase(word));
  }

  /** Whether another answer can come on the same connection. */
  boolean keepsConnection() {
    return !says("connection", "close") && (!oldServer || says("connection", "keep-alive"));
  }
}
