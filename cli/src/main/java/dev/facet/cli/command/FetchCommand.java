package dev.facet.cli.command;

import dev.facet.cli.console.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code facet fetch}. */
@Command(
    name = "fetch",
    header = "Fetch a model or a data set from the Hub.",
    description = {
      "Fetches what Facet reads of a repository on the Hub into the cache that its Python programs"
          + " share, and prints the folder. A name stands for that folder wherever a model or data"
          + " is asked for: hf:OWNER/NAME for a model, hf:datasets/OWNER/NAME for a data set, with"
          + " @REVISION where it is not main.",
      "%nA model that is in the cache is used as it is; this command asks for the newest. HF_HOME,"
          + " HF_HUB_CACHE, HF_TOKEN, HF_ENDPOINT and HF_HUB_OFFLINE mean what they mean there."
    },
    footer = {
      "%nExamples:",
      "  facet fetch hf:openai/clip-vit-base-patch32",
      "  facet train --config my.yaml --set model.init=hf:openai/clip-vit-base-patch32"
    })
final class FetchCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "What to fetch; hf: may be left out.")
  private String name;

  private final Console console;
  private final HubNames names;

  FetchCommand(Console console, HubNames names) {
    this.console = console;
    this.names = names;
  }

  @Override
  public Integer call() throws Exception {
    console.out().println(names.newest(name));
    return 0;
  }
}
