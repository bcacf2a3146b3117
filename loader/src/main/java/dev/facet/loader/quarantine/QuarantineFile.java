package dev.facet.loader.quarantine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.Json;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.XxHash64;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A quarantine on disk; every line is flushed, so that it survives a killed process. */
final class QuarantineFile implements Quarantine {
  private final Path path;
  private final Writer writer;
  // Hashes, not rows: one file serves several datasets, whose row numbers overlap.
  private final Set<Long> written = new HashSet<>();

  QuarantineFile(Path path) throws IOException {
    this.path = path;
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    boolean torn = false;
    if (Files.exists(path)) {
      remember(path);
      torn = isTorn(path);
    }
    writer = Files.newBufferedWriter(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    if (torn) {
      writer.write('\n');
    }
  }

  @Override
  public synchronized void add(long row, String id, String source, BadSampleException cause) {
    if (!written.add(key(row, id, source))) {
      return;
    }
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("row", row);
    line.put("id", id);
    line.put("source", source);
    line.put("reason", cause.reason().name().toLowerCase(Locale.ROOT));
    line.put("message", cause.getMessage());
    try {
      writer.write(Json.LINE.writeValueAsString(line) + "\n");
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public synchronized void close() {
    try {
      writer.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path + ": " + e.getMessage(), e);
    }
  }

  /** Reads what earlier runs wrote. */
  private void remember(Path file) throws IOException {
    read(
        file,
        node ->
            written.add(
                key(
                    node.path("row").asLong(),
                    node.path("id").asText(),
                    node.path("source").asText())));
  }

  /** Hands over what was noted, but for a line that was cut off when its process was killed. */
  static void read(Path file, Consumer<JsonNode> noted) throws IOException {
    // A reader that replaces bytes which are no UTF-8: the cut may be within a character.
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode node;
        try {
          node = Json.LINE.readTree(line);
        } catch (JsonProcessingException e) {
          continue;
        }
        if (node.isObject()) {
          noted.accept(node);
        }
      }
    }
  }

  /** Whether the last line lacks its end. */
  private static boolean isTorn(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return channel.size() > 0
          && channel.position(channel.size() - 1).read(last) == 1
          && last.get(0) != '\n';
    }
  }

  private static long key(long row, String id, String source) {
    return (hash(id) * 31 + hash(source)) * 31 + row;
  }

  private static long hash(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return XxHash64.of(MemorySegment.ofArray(bytes), 0, bytes.length);
  }
}
