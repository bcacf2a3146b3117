package dev.facet.loader.source;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Writes tar files for tests. */
public final class Tars {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public Tars add(String name, String content) {
    return add(name, '0', content.getBytes(StandardCharsets.UTF_8));
  }

  Tars add(String name, char type, byte[] content) {
    out.writeBytes(header(name, type, content.length, "ustar\00000"));
    out.writeBytes(content);
    return pad();
  }

  Tars gnuLongName(String name, String content) {
    byte[] bytes = (name + "\0").getBytes(StandardCharsets.UTF_8);
    out.writeBytes(header("././@LongLink", 'L', bytes.length, "ustar  \0"));
    out.writeBytes(bytes);
    return pad().add(name.substring(0, 99), content);
  }

  Tars pax(String key, String value, String name, String content) {
    return add("PaxHeaders/x", 'x', record(key, value)).add(name, content);
  }

  /** A pax record, which counts its own length in bytes. */
  static byte[] record(String key, String value) {
    byte[] rest = (" " + key + "=" + value + "\n").getBytes(StandardCharsets.UTF_8);
    int length = rest.length + 1;
    while (rest.length + Integer.toString(length).length() > length) {
      length++;
    }
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    record.writeBytes(Integer.toString(length).getBytes(StandardCharsets.US_ASCII));
    record.writeBytes(rest);
    return record.toByteArray();
  }

  Tars raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /** With its end mark. */
  public byte[] whole() {
    out.writeBytes(new byte[1024]);
    return out.toByteArray();
  }

  byte[] withoutEnd() {
    return out.toByteArray();
  }

  static byte[] header(String name, char type, long size, String magic) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 100, "0000644\0");
    put(header, 124, String.format(Locale.ROOT, "%011o\0", size));
    put(header, 136, "00000000000\0");
    header[156] = (byte) type;
    put(header, 257, magic);
    return sum(header);
  }

  /** Writes the checksum anew. */
  static byte[] sum(byte[] header) {
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte each : header) {
      sum += each & 0xff;
    }
    put(header, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
    return header;
  }

  static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private Tars pad() {
    out.writeBytes(new byte[(512 - out.size() % 512) % 512]);
    return this;
  }
}
