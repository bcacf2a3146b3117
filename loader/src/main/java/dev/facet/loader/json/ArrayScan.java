package dev.facet.loader.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.JsonProblem;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * Reads the entries of a JSON array. Where the array breaks off, what broke it is a malformed row,
 * and reading goes on at the next object that is whole and could be an entry: a quote that was lost
 * costs its entry, not all that follow.
 */
public final class ArrayScan {
  /** Between entries nothing is lost with these. */
  private static final String BETWEEN = " \t\r\n,[]";

  private final FileChannel file;
  private final String name;
  private final ListEntries entries;

  /** Of the next entry, from 0. */
  private long number;

  /** Up to where line feeds were counted, and how many lines begin there or before. */
  private long counted;

  private long lines = 1;

  private ArrayScan(FileChannel file, String name, ListEntries entries) {
    this.file = file;
    this.name = name;
    this.entries = entries;
  }

  /**
   * Reads a file.
   *
   * @param name for messages
   */
  public static void run(Path path, String name, ListEntries entries) throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      ArrayScan scan = new ArrayScan(file, name, entries);
      for (long from = 0; from >= 0; ) {
        from = scan.read(from);
      }
    }
  }

  /**
   * Reads entries.
   *
   * @param from 0, or where an entry begins
   * @return where to go on; -1 at the end
   */
  private long read(long from) throws IOException {
    long begin = from == 0 ? 0 : from - 1; // where the parser's first byte would stand
    long done = from; // where the last entry that was dealt with ends
    long entry = -1; // where the one begins that is being read; -1 between two
    boolean begun = false;
    try (JsonParser parser = ListJson.MAPPER.createParser(stream(from))) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new IOException("it is not a JSON array: copy it again, or check data.format");
      }
      if (parser.currentLocation().getByteOffset() < 0) {
        throw new IOException("it is not UTF-8: save it as UTF-8"); // Jackson counts no bytes then
      }
      begun = true;
      for (JsonToken next = parser.nextToken();
          next != JsonToken.END_ARRAY;
          next = parser.nextToken()) {
        if (next == null) {
          malformed(done, "the list ends within its array; copy it again");
          return -1;
        }
        entry = begin + parser.currentTokenLocation().getByteOffset();
        JsonNode found = parser.readValueAsTree();
        if (found instanceof ObjectNode object) {
          entries.add(object, number++);
        } else {
          malformed(entry, "it is " + ListJson.kind(found) + ", not an object");
        }
        done = begin + parser.currentLocation().getByteOffset();
        entry = -1;
      }
      done = begin + parser.currentLocation().getByteOffset();
    } catch (JsonProcessingException e) {
      if (!begun) {
        throw new IOException("it is not a JSON array (" + JsonProblem.inLine(e) + ")", e);
      }
      String why = "it is cut or not JSON (" + JsonProblem.inLine(e) + ")";
      if (entry < 0 && isBetween(done, file.size())) {
        why = "the list ends within its array; copy it again";
      }
      return entry < 0 ? goOn(done, done, why) : goOn(entry, entry + 1, why);
    }
    return follows(done) ? goOn(done, done, "something follows the array's closing bracket") : -1;
  }

  /**
   * Looks for the next entry and counts what lies before it, unless that is nothing.
   *
   * @param broken where what is broken begins
   * @param from where to look first
   */
  private long goOn(long broken, long from, String why) throws IOException {
    long next = nextEntry(from);
    if (next < 0 || !isBetween(broken, next)) {
      malformed(broken, why);
    }
    return next;
  }

  private void malformed(long at, String why) throws IOException {
    entries.malformed(
        number,
        String.format(Locale.ROOT, "%s, entry %d, line %d: %s", name, number, line(at), why));
    number++;
  }

  /** Where the next whole object begins that could be an entry, and is in no other; -1: none. */
  private long nextEntry(long from) throws IOException {
    try (InputStream in = new BufferedInputStream(plain(from), 1 << 16)) {
      int before = ' ';
      long at = from;
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next == '{' && before != ':' && isEntry(at)) {
          return at;
        }
        before = Character.isWhitespace(next) ? before : next;
        at++;
      }
      return -1;
    }
  }

  private boolean isEntry(long at) throws IOException {
    try (JsonParser parser = ListJson.MAPPER.createParser(plain(at))) {
      parser.nextToken();
      return parser.readValueAsTree() instanceof ObjectNode object && entries.isEntry(object);
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private boolean follows(long from) throws IOException {
    try (InputStream in = new BufferedInputStream(plain(from))) {
      int next = in.read();
      while (next >= 0 && next <= ' ') {
        next = in.read();
      }
      return next >= 0;
    }
  }

  private boolean isBetween(long from, long to) throws IOException {
    try (InputStream in = new BufferedInputStream(plain(from))) {
      for (long at = from; at < to; at++) {
        if (BETWEEN.indexOf(in.read()) < 0) {
          return false;
        }
      }
      return true;
    }
  }

  /** The number of the line that a byte stands in, as an editor counts; asked for in order. */
  private long line(long at) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
    while (counted < at) {
      bytes.clear().limit((int) Math.min(bytes.capacity(), at - counted));
      int read = file.read(bytes, counted);
      if (read < 0) {
        break;
      }
      for (int i = 0; i < read; i++) {
        lines += bytes.get(i) == '\n' ? 1 : 0;
      }
      counted += read;
    }
    return lines;
  }

  /** The file from an entry on, as an array of its own. */
  private InputStream stream(long from) throws IOException {
    InputStream rest = new BufferedInputStream(plain(from), 1 << 18);
    InputStream bracket = new ByteArrayInputStream("[".getBytes(StandardCharsets.US_ASCII));
    return from == 0 ? rest : new SequenceInputStream(bracket, rest);
  }

  /** Reading on from a place; closing it leaves the file open. */
  private InputStream plain(long from) {
    return new InputStream() {
      private long at = from;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int count) throws IOException {
        int read = file.read(ByteBuffer.wrap(into, offset, count), at);
        at += Math.max(0, read);
        return read;
      }
    };
  }
}
