package dev.facet.cli.command;

import dev.facet.base.FacetException;
import dev.facet.cli.config.Assignment;
import dev.facet.cli.config.Config;
import dev.facet.cli.console.Console;
import dev.facet.cli.request.CopiesRequest;
import dev.facet.cli.request.EvalRequest;
import dev.facet.cli.request.SearchRequest;
import dev.facet.cli.request.SearchRequest.Query;
import dev.facet.cli.request.Work;
import dev.facet.cli.settings.RunConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code facet search}. */
@Command(
    name = "search",
    header = "Find pictures by a caption, captions by a picture, or copies of a picture.",
    description = {
      "A caption finds the pictures that it describes, a picture the captions that describe it,"
          + " among embeddings that \"facet embed\" wrote with the same model. Every vector is"
          + " compared, so what is told is exact.",
      "%n--same-picture finds the rows that hold one photo or a near copy of it, by digest and"
          + " perceptual hash, for take-downs. No model is asked: other photos of the same person"
          + " are not looked for, and there is no way to do so."
    },
    footer = {
      "%nExamples:",
      "  facet search --embeddings data/embedded --run runs/faces \\",
      "    --caption \"a smiling woman with red hair\" --sheet found.png",
      "  facet search --embeddings data/embedded --run runs/faces --picture face.jpg",
      "  facet search --data data/faces --same-picture photo.jpg --json"
    })
final class SearchCommand implements Callable<Integer> {
  private static final int MOST = 10_000;

  /** What is looked for. */
  static final class Sought {
    @Option(
        names = "--caption",
        required = true,
        paramLabel = "TEXT",
        description = "Find the pictures that it describes.")
    private @Nullable String caption;

    @Option(
        names = "--picture",
        required = true,
        paramLabel = "FILE",
        description = "Find the captions that describe it; it is taken whole.")
    private @Nullable Path picture;

    @Option(
        names = "--same-picture",
        required = true,
        paramLabel = "FILE",
        description = "Find the rows that hold it, or a near copy of it.")
    private @Nullable Path same;
  }

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Sought sought = new Sought();

  @Option(
      names = "--embeddings",
      paramLabel = "DIR",
      description = "Folder that \"facet embed\" wrote.")
  private @Nullable Path embeddings;

  @ArgGroup(exclusive = true)
  private @Nullable Weights weights;

  @Option(
      names = "--data",
      paramLabel = "ROOT",
      description =
          "Data set: for --same-picture what is looked through, for --sheet where the pictures are"
              + " (default: that of the run).")
  private @Nullable Path data;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "For --same-picture, one split (default: all).")
  private @Nullable String split;

  @Option(names = "--top", paramLabel = "N", description = "How many to find (default: 10).")
  private @Nullable Integer top;

  @Option(
      names = "--sheet",
      paramLabel = "FILE.png",
      description = "For --caption, draw a contact sheet of the first 48 pictures found.")
  private @Nullable Path sheet;

  @Option(names = "--json", description = "Print for machines.")
  private boolean json;

  @Mixin private ConfigOptions options;

  private final Console console;
  private final Work work;
  private final HubNames names;

  SearchCommand(Console console, Work work, HubNames names) {
    this.console = console;
    this.work = work;
    this.names = names;
  }

  @Override
  public Integer call() throws Exception {
    Path photo = sought.same;
    if (photo != null) {
      copies(file("--same-picture", photo));
    } else {
      nearest();
    }
    return 0;
  }

  private void copies(Path photo) throws Exception {
    if (embeddings != null || weights != null || sheet != null || top != null) {
      throw FacetException.usage(
          "--same-picture asks no model and finds all copies: leave out --embeddings, --run,"
              + " --checkpoint, --sheet and --top");
    }
    if (data == null) {
      throw FacetException.usage("--same-picture: name the data to look through with --data ROOT");
    }
    Config config = names.in(Config.load(null, assignments()));
    Inputs.checkData(config.data());
    work.copies(new CopiesRequest(config, split, photo, json), console);
  }

  private void nearest() throws Exception {
    if (embeddings == null || weights == null) {
      throw FacetException.usage(
          "name the embeddings with --embeddings DIR, and the model that made them with --run or"
              + " --checkpoint");
    }
    if (split != null) {
      throw FacetException.usage("--split is for --same-picture: leave it out");
    }
    int most = top == null ? 10 : top;
    if (most < 1 || most > MOST) {
      throw FacetException.usage("--top " + most + ": from 1 to " + MOST);
    }
    Path folder = Applied.folder("--embeddings", embeddings);
    EvalRequest.Weights model = weights.requested();
    Path saved = model.folder().resolve(RunConfig.CONFIG_FILE);
    Config config =
        names.in(Config.loadWithoutData(Files.exists(saved) ? saved : null, assignments()));
    work.search(new SearchRequest(folder, model, config, query(), most, sheet, json), console);
  }

  private Query query() {
    String caption = sought.caption;
    if (caption == null) {
      if (sheet != null) {
        throw FacetException.usage(
            "--sheet shows pictures, and a picture finds captions: leave it out");
      }
      return new SearchRequest.Picture(file("--picture", sought.picture));
    }
    if (caption.isBlank()) {
      throw FacetException.usage("--caption is empty: write what the pictures should show");
    }
    return new SearchRequest.Caption(caption);
  }

  private List<Assignment> assignments() {
    List<Assignment> assignments = new ArrayList<>(options.assignments());
    if (data != null) {
      assignments.addAll(Inputs.dataset("--data", data));
    }
    return assignments;
  }

  private static Path file(String option, @Nullable Path path) {
    if (path == null || !Files.isRegularFile(path)) {
      throw FacetException.usage(option + " " + path + ": there is no such file");
    }
    return path;
  }
}
