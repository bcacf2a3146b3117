package dev.facet.cli.command;

import dev.facet.base.hub.Hub;
import dev.facet.base.hub.HubName;
import dev.facet.base.hub.HubSettings;
import dev.facet.base.hub.HubWatch;
import dev.facet.cli.config.Config;
import dev.facet.cli.console.Console;
import dev.facet.cli.console.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** Names on the Hub where a folder is asked for: what is missing of them is fetched. */
final class HubNames {
  /** What progress is counted in. */
  private static final long KILOBYTE = 1000;

  private final Console console;
  private final Map<String, String> variables;

  /**
   * @param variables the environment, which says where the Hub and its cache are
   */
  HubNames(Console console, Map<String, String> variables) {
    this.console = console;
    this.variables = variables;
  }

  /** A path as it is; a name's folder. */
  Path path(Path written) {
    try {
      return HubName.is(written) ? hub().folder(HubName.of(written.toString())) : written;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder of a name, as the Hub has it now. */
  Path newest(String name) throws IOException {
    return hub().fetch(HubName.of(name));
  }

  /** A config with folders in the places of names. */
  Config in(Config config) {
    return config.withPaths(this::path);
  }

  private Hub hub() throws IOException {
    return new Hub(HubSettings.of(variables), new Lines());
  }

  /** Tells people. */
  private final class Lines implements HubWatch {
    @Override
    public Count begin(HubName name, long total, long there) {
      Progress progress =
          console.progress("fetching " + name, "kB", total / KILOBYTE).startAt(there / KILOBYTE);
      return new Count() {
        @Override
        public void update(long done) {
          progress.update(done / KILOBYTE);
        }

        @Override
        public void close() {
          progress.close();
        }
      };
    }

    @Override
    public void note(String message) {
      console.err().println("note: " + message);
    }
  }
}
