package dev.facet.bench;

import dev.facet.loader.shard.writing.ShardRow;
import dev.facet.loader.shard.writing.ShardWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The same rows, a drawn picture of 250 pixels with a caption, in several layouts. */
public enum DrawnData {
  SHARDS {
    @Override
    void write(Path root, int rows) throws IOException {
      byte[] jpeg = DrawnJpeg.of(250, 1);
      try (ShardWriter writer =
          new ShardWriter(root, ShardWriter.Settings.of("benchmark", Map.of()))) {
        for (int i = 0; i < rows; i++) {
          writer.write(
              new ShardRow(
                  "id" + i,
                  jpeg,
                  List.of(CAPTION),
                  null,
                  250,
                  250,
                  Map.of(),
                  "drawn",
                  null,
                  "train"));
        }
        writer.commit();
      }
    }
  },
  TAR {
    @Override
    void write(Path root, int rows) throws IOException {
      byte[] jpeg = DrawnJpeg.of(250, 1);
      Files.createDirectory(root);
      try (OutputStream out =
          new BufferedOutputStream(Files.newOutputStream(root.resolve("00000.tar")))) {
        for (int i = 0; i < rows; i++) {
          entry(out, String.format(Locale.ROOT, "%09d.jpg", i), jpeg);
          entry(
              out,
              String.format(Locale.ROOT, "%09d.txt", i),
              CAPTION.getBytes(StandardCharsets.UTF_8));
        }
        out.write(new byte[2 * BLOCK]);
      }
    }
  },
  FOLDER {
    @Override
    void write(Path root, int rows) throws IOException {
      byte[] jpeg = DrawnJpeg.of(250, 1);
      Files.createDirectory(root);
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < rows; i++) {
        Files.write(root.resolve(i + ".jpg"), jpeg);
        lines.append(
            String.format(
                Locale.ROOT,
                "{\"image\": \"%d.jpg\", \"captions\": [\"%s\"], \"split\": \"train\"}%n",
                i,
                CAPTION));
      }
      Files.writeString(root.resolve("captions.jsonl"), lines);
    }
  };

  private static final String CAPTION = "soft ovals of many colours, drawn by a program";
  private static final int BLOCK = 512;

  /** Writes a dataset with one split, {@code train}. */
  abstract void write(Path root, int rows) throws IOException;

  /** One file of a tar in POSIX's ustar format: a block that describes it, and its bytes. */
  private static void entry(OutputStream out, String name, byte[] content) throws IOException {
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, "0000644");
    put(header, 124, String.format(Locale.ROOT, "%011o", content.length));
    put(header, 136, "00000000000");
    put(header, 148, "        "); // the checksum is taken with blanks in its own place
    header[156] = '0';
    put(header, 257, "ustar\00000");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, String.format(Locale.ROOT, "%06o\0", sum));
    out.write(header);
    out.write(content);
    out.write(new byte[Math.floorMod(-content.length, BLOCK)]);
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
