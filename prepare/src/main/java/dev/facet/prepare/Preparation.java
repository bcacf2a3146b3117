package dev.facet.prepare;

import dev.facet.base.FacetException;
import dev.facet.base.Staged;
import dev.facet.loader.shard.Manifest;
import dev.facet.loader.shard.writing.ShardFileWriter;
import dev.facet.prepare.filter.CaptionScorer;
import dev.facet.prepare.page.PreparePage;
import dev.facet.prepare.part.Parts;
import dev.facet.prepare.plan.AddressPlan;
import dev.facet.prepare.plan.DatasetPlan;
import dev.facet.prepare.plan.UnreadableRows;
import dev.facet.prepare.source.PublishedTables;
import dev.facet.prepare.source.TableColumns;
import dev.facet.prepare.takedown.TakedownList;
import dev.facet.prepare.whole.Counts;
import dev.facet.prepare.whole.Side;
import dev.facet.prepare.whole.SpoolFile;
import dev.facet.prepare.whole.Whole;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * From a published data set to shards: rows are planned, parts of the plan are made one by one,
 * then the whole is put in order and written. Killed anywhere, it goes on when it is started again.
 */
public final class Preparation {
  /**
   * What to do.
   *
   * @param source file or folder
   * @param out folder of the shards
   * @param yaml the settings, to be compared when it is started again
   * @param takedown what must not be in it, besides what was said before
   * @param command that the user typed
   * @param scorer of {@code filter.checkpoint}; null where captions need not be similar
   */
  public record Request(
      Path source,
      Path out,
      PrepareSettings settings,
      String yaml,
      TakedownList takedown,
      String command,
      @Nullable CaptionScorer scorer) {
    public Request {
      if (settings.filter().asksModel() != (scorer != null)) {
        throw new IllegalArgumentException("captions are scored if they have to be similar");
      }
    }
  }

  private final Request request;
  private final PrepareSettings settings;
  private final OutFolder folder;
  private final Engine engine;
  private final PrepareProgress progress;

  private Preparation(Request request, OutFolder folder, Engine engine, PrepareProgress progress) {
    this.request = request;
    this.settings = request.settings;
    this.folder = folder;
    this.engine = engine;
    this.progress = progress;
  }

  /** The settings that were kept for a folder, if it was begun before. */
  public static Optional<Path> settings(Path out) {
    return Optional.ofNullable(OutFolder.settings(out));
  }

  /**
   * Prepares a data set, or goes on with it.
   *
   * @param engine that makes the parts; one may go on where another stopped
   * @return the counts of all that lies in the folder
   * @throws FacetException if it cannot go on; what was done is kept
   */
  public static Counts run(Request request, Engine engine, PrepareProgress progress)
      throws InterruptedException {
    try (OutFolder folder = OutFolder.take(request.out)) {
      return new Preparation(request, folder, engine, progress).run();
    } catch (IOException e) {
      throw FacetException.run(
          "cannot go on in %s (%s): mend that and run the same command again, which goes on where it stopped"
              .formatted(request.out, why(e)),
          e);
    }
  }

  private static String why(IOException e) {
    return e instanceof AccessDeniedException
        ? "no permission for " + e.getMessage()
        : String.valueOf(e.getMessage());
  }

  private Counts run() throws IOException, InterruptedException {
    if (folder.state().plans() > 0 && !request.takedown.isEmpty()) {
      TakeDown.from(folder, request.takedown, settings.duplicates());
    }
    OutFolder.State before = folder.state();
    TakedownList takedown = TakedownList.of(before.takenDown()).with(request.takedown);
    OutFolder.State now = new OutFolder.State(before.plans(), takedown.entries(), before.counts());
    folder.keep(now);
    return switch (settings.source().kind()) {
      case ADDRESSES -> addresses(now, takedown);
      case PICTURES -> pictures(now, takedown);
      case EMBEDDINGS ->
          throw new IllegalArgumentException("there are no pictures: see EmbeddingPreparation");
    };
  }

  private Counts addresses(OutFolder.State state, TakedownList takedown)
      throws IOException, InterruptedException {
    TableColumns columns = settings.source().table();
    requireNames(columns.captions());
    PublishedTables tables = PublishedTables.open(request.source, columns);
    List<AddressPlan> plans = AddressPlan.of(tables, folder.plans(), progress::planned);
    folder.keepSettings(request.yaml);
    List<AddressPlan> left = plans.subList(state.plans(), plans.size());
    Counts done = state.counts();
    if (left.isEmpty() && done != null) {
      return done;
    }
    progress.begun(left.stream().mapToLong(AddressPlan::rows).sum());
    List<SpoolFile> spools = new ArrayList<>();
    Map<Integer, String> files = new HashMap<>();
    long unreadable = 0;
    Engine.Work work = work(takedown);
    for (int i = 0; i < plans.size(); i++) {
      AddressPlan plan = plans.get(i);
      files.putAll(plan.files());
      if (i >= state.plans()) {
        engine.fetch(work, i, plan);
        addSpools(i, plan.parts(), true, spools);
        unreadable += plan.unreadable().stream().mapToLong(UnreadableRows::count).sum();
      }
    }
    return finish(state, plans.size(), spools, files, Map.of(), unreadable);
  }

  private Counts pictures(OutFolder.State state, TakedownList takedown)
      throws IOException, InterruptedException {
    try (DatasetPlan plan =
        DatasetPlan.of(settings.source().pictures(request.source), folder.plans())) {
      folder.keepSettings(request.yaml);
      Counts done = state.counts();
      if (state.plans() > 0 && done != null) {
        return done;
      }
      progress.begun(plan.rows());
      engine.read(work(takedown), plan);
      List<SpoolFile> spools = new ArrayList<>();
      addSpools(0, plan.parts(), false, spools);
      Map<Integer, String> files = new HashMap<>();
      Map<Integer, Side> own = new HashMap<>();
      for (int split = 0; split < plan.splits().size(); split++) {
        files.put(split, plan.splits().get(split));
        own.put(split, Side.named(plan.splits().get(split)));
      }
      boolean divided = own.values().stream().anyMatch(side -> side != Side.TRAIN);
      return finish(state, 1, spools, files, divided ? own : Map.of(), 0);
    }
  }

  /** Refuses columns that a shard could not keep, before anything is fetched for them. */
  private static void requireNames(List<String> captions) {
    if (captions.size() > 1) {
      ShardFileWriter.requireNames(
          captions.stream().flatMap(name -> Stream.of(name.split("\\|", -1))).toList());
    }
  }

  private Engine.Work work(TakedownList takedown) throws IOException {
    return new Engine.Work(
        settings, request.source, request.out, folder.plans(), folder.parts(), takedown, progress);
  }

  private void addSpools(int plan, int parts, boolean shuffled, List<SpoolFile> spools)
      throws IOException {
    for (int part = 0; part < parts; part++) {
      spools.add(
          new SpoolFile(
              Parts.spool(folder.parts(), plan, part),
              String.format(Locale.ROOT, "part-%03d-%05d", plan, part),
              shuffled));
    }
  }

  private Counts finish(
      OutFolder.State state,
      int plans,
      List<SpoolFile> spools,
      Map<Integer, String> files,
      Map<Integer, Side> own,
      long unreadable)
      throws IOException {
    Manifest earlier = state.plans() > 0 ? Manifest.read(folder.path()) : null;
    Whole whole =
        new Whole(
            folder.path(),
            folder.stateFolder(),
            settings.seed(),
            settings.duplicates(),
            settings.filter(),
            settings.split(),
            settings.shards(),
            settings.source().keep(),
            request.scorer,
            TakedownList.of(state.takenDown()));
    Counts done = state.counts();
    OutFolder.State next = new OutFolder.State(plans, state.takenDown(), done);
    Whole.Result result =
        whole.make(
            spools,
            files,
            own,
            unreadable,
            earlier == null ? List.of() : earlier.files(),
            folder.photos(state),
            folder.photos(next),
            progress);
    Counts counts = done == null ? result.counts() : done.plus(result.counts());
    folder.write(result.files(), state.takenDown(), counts, request.command, provenance());
    writePage(counts);
    folder.keep(new OutFolder.State(plans, state.takenDown(), counts));
    Staged.delete(folder.parts());
    for (Path rows : folder.finishedRows(plans)) {
      Staged.delete(rows);
    }
    Staged.delete(folder.stateFolder().resolve("shards"));
    Staged.delete(folder.stateFolder().resolve(Whole.SCORES));
    return counts;
  }

  private Map<String, String> provenance() {
    return Map.of("generator", "facet prepare", "source", request.source.toString());
  }

  private void writePage(Counts counts) throws IOException {
    PreparePage.write(
        counts,
        new PreparePage.About(
            folder.path(),
            settings.decode(),
            request.source.toString(),
            request.command,
            request.yaml));
  }
}
