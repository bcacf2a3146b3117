package dev.facet.cli.command;

import dev.facet.cli.console.Console;
import dev.facet.cli.console.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The command line over fake work, with a config whose data exists, and its output at hand. */
final class FakeFacet {
  final FakeWork work = new FakeWork();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Path folder;

  FakeFacet(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(pictures());
    Files.writeString(
        folder.resolve("my.yaml"),
        "data:\n  root: %s\nrun:\n  dir: %s\n".formatted(pictures(), run()));
  }

  /** An existing folder that the config names as its data. */
  Path pictures() {
    return folder.resolve("pictures");
  }

  /** The run directory of the config; not there yet. */
  Path run() {
    return folder.resolve("run");
  }

  /** Makes the run directory look like that of a run with these settings. */
  void startRun() throws IOException {
    train("--dry-run");
    Files.createDirectories(run());
    Files.writeString(run().resolve("config.yaml"), out());
    work.requests.clear();
  }

  int train(String... more) {
    return facet(
        Stream.concat(
                Stream.of("train", "--config", folder.resolve("my.yaml").toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  int facet(String... arguments) {
    return in(Terminal.NONE, arguments);
  }

  int in(Terminal terminal, String... arguments) {
    return Facet.run(
        new Console(new PrintWriter(out, true), new PrintWriter(err, true), terminal),
        work,
        arguments);
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }
}
