package dev.facet.train;

import dev.facet.base.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code SHA256SUMS} of a folder, in the format of {@code sha256sum --check}. */
final class Checksums {
  private static final String FILE = "SHA256SUMS";

  private Checksums() {}

  /** Lists every file of the folder and those below. */
  static void write(Path folder) throws IOException {
    StringBuilder lines = new StringBuilder();
    List<Path> files;
    try (Stream<Path> entries = Files.walk(folder)) {
      files = entries.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      lines.append(digest(file)).append("  ").append(folder.relativize(file)).append('\n');
    }
    Files.writeString(folder.resolve(FILE), lines);
  }

  /** What is wrong with the folder, or null. */
  static @Nullable String verify(Path folder) throws IOException {
    Path sums = folder.resolve(FILE);
    if (!Files.exists(sums)) {
      return "no " + FILE;
    }
    // Decoded so that bytes which are no text become a name that is not there.
    String text = new String(Files.readAllBytes(sums), StandardCharsets.UTF_8);
    if (!text.endsWith("\n")) {
      return FILE + " is cut off";
    }
    for (String line : text.lines().toList()) {
      String[] parts = line.split(" {2}", 2);
      String name = parts[parts.length - 1].replace('\0', '?');
      Path file = folder.resolve(name);
      if (!Files.isRegularFile(file)) {
        return name + " is missing";
      }
      if (!digest(file).equals(parts[0])) {
        return name + " has another checksum";
      }
    }
    return null;
  }

  private static String digest(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest sha = Sha256.digest();
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sha.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(sha.digest());
    }
  }
}
