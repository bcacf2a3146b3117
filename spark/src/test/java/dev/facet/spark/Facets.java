package dev.facet.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import dev.facet.cli.command.Facet;
import dev.facet.cli.console.Console;
import dev.facet.cli.console.Terminal;
import dev.facet.cli.work.AllWork;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Runs {@code facet prepare} as a user does, and looks at what it wrote. */
final class Facets {
  static final List<String> LOCAL = List.of();
  static final List<String> SPARK = List.of("--engine", "spark", "--master", "local[2]");

  private Facets() {}

  /**
   * Prepares, and fails if that does.
   *
   * @param engine options that choose one
   */
  static void prepare(List<String> engine, Path source, Path out, String... more) {
    StringWriter err = new StringWriter();
    assertThat(run(engine, source.toString(), out, err, more)).as("%s", err).isZero();
  }

  /** Prepares, and gives the exit code. */
  static int run(List<String> engine, String source, Path out, StringWriter err, String... more) {
    String[] words =
        Stream.of(
                Stream.of("prepare", "--source", source, "--out", out.toString()),
                engine.stream(),
                Stream.of(more))
            .flatMap(each -> each)
            .toArray(String[]::new);
    return Facet.run(
        new Console(new PrintWriter(new StringWriter()), new PrintWriter(err, true), Terminal.NONE),
        new AllWork(),
        words);
  }

  /** All shards and rows as they lie there, by their names, and the counts but for the command. */
  static SortedMap<String, String> content(Path out) throws IOException {
    SortedMap<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = out.relativize(file).toString();
        if (name.endsWith(".parquet") || name.endsWith(".jsonl")) {
          content.put(name, HexFormat.of().formatHex(Files.readAllBytes(file)));
        }
      }
    }
    ObjectNode counts = Json.read(out.resolve("prepare.json"), ObjectNode.class);
    counts.remove("command");
    content.put("prepare.json", counts.toString());
    JsonNode manifest = Json.read(out.resolve("manifest.json"), ObjectNode.class);
    content.put("manifest.json", manifest.path("files").toString());
    return content;
  }
}
