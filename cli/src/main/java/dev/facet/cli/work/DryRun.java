package dev.facet.cli.work;

import dev.facet.base.FacetException;
import dev.facet.cli.config.Config;
import dev.facet.cli.config.HeldOutSet;
import dev.facet.cli.config.StepCount;
import dev.facet.cli.console.Console;
import dev.facet.cli.console.Progress;
import dev.facet.cli.inspect.CutCaptions;
import dev.facet.cli.request.DryRunRequest;
import dev.facet.cli.settings.DataConfig;
import dev.facet.loader.Datasets;
import dev.facet.loader.Loader;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.picture.UsableRows;
import dev.facet.loader.source.Indexing;
import dev.facet.model.adapt.TrainingSize;
import dev.facet.train.schedule.ScheduleSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code facet train --dry-run}: looks at everything that could end a run before its first step or
 * late in it, and goes on past what is wrong, so that all of it is told at once.
 */
final class DryRun {
  /** A list that is indexed in less time than this is: then its rows are known as well. */
  private static final Duration SOON = Duration.ofSeconds(3);

  private final DryRunRequest request;
  private final Config config;
  private final Console console;

  /** What is wrong with data shows in each of its splits; it is told once. */
  private final SequencedSet<String> problems = new LinkedHashSet<>();

  /** What the model sees of pictures; null where that cannot be told. */
  private @Nullable Seen seen;

  DryRun(DryRunRequest request, Console console) {
    this.request = request;
    this.config = request.config();
    this.console = console;
  }

  /** Looks, and tells on the way what it finds. */
  List<String> problems() {
    boolean vectors = config.data().pictures() == DataConfig.Pictures.VECTORS;
    if (request.model() && !vectors) {
      seen = attempt(() -> new Seen.Pixels(Models.preprocessing(config)));
    }
    long window = request.data() ? data() : 0;
    Seen found = seen;
    if (request.model() && found != null) {
      machine(found, window);
    }
    return List.copyOf(problems);
  }

  /** Returns the bytes that the loader's windows take, as far as that is known. */
  private long data() {
    DataConfig data = config.data();
    Path root = data.root();
    if (data.synthPictures() > 0 && root != null && !Files.exists(root)) {
      tell(
          "data",
          "%s is not there yet: %s pictures will be drawn, %s of them held out"
              .formatted(root, count(data.synthPictures()), count(data.drawnToTest())));
      steps(data.drawnToTrainOn());
      return 0;
    }
    if (data.sources().stream().anyMatch(this::takesLongToOpen)) {
      return 0;
    }
    tell("data", data.name());
    long window = 0;
    try (Dataset training = attempt(() -> Sources.training(data))) {
      if (training != null) {
        tell("training", "split %s, %s rows".formatted(data.trainSplit(), count(training.size())));
        steps(training.size());
        if (request.model() && config.data().pictures() == DataConfig.Pictures.VECTORS) {
          seen = attempt(() -> Seen.of(config, training));
        }
        pictures(training);
        captions(training);
        window = windows(training);
      }
    }
    for (HeldOutSet set : config.heldOut()) {
      DataConfig own = set.config().data();
      if (own.sources().stream().anyMatch(this::takesLongToOpen)) {
        continue;
      }
      try (Dataset heldOut = attempt(() -> Sources.heldOut(own))) {
        if (heldOut != null) {
          tell(
              "held out",
              "%s, split %s, %s rows"
                  .formatted(set.name(), own.evalSplit(), count(heldOut.size())));
          pictures(heldOut);
        }
      }
    }
    return window;
  }

  private boolean takesLongToOpen(DataSource source) {
    Indexing indexing = attempt(() -> Datasets.indexing(source));
    if (indexing == null) {
      return false;
    }
    Duration time = indexing.time();
    if (time != null && time.compareTo(SOON) < 0) {
      return false;
    }
    tell(
        "data",
        ("%s has no index yet; making it takes %s, once. Its rows and pictures are not looked at;"
                + " \"facet inspect %s\" makes it now")
            .formatted(
                source.root(),
                time == null ? "some time" : "about " + Progress.time(time.toSeconds()),
                source.root()));
    return true;
  }

  private void steps(long rows) {
    if (request.steps()) {
      int before = problems.size();
      StepCount.check(config.train(), rows, (settings, problem) -> problems.add(problem));
      if (problems.size() == before) {
        long steps = StepCount.of(config.train(), rows);
        long perEpoch = StepCount.perEpoch(config.train(), rows);
        ScheduleSettings schedule = config.train().schedule();
        long cooldown = schedule.cooldownSteps(steps);
        tell(
            "run",
            "%s steps, %s an epoch, warm-up %s%s"
                .formatted(
                    count(steps),
                    count(perEpoch),
                    count(schedule.warmUp().steps(perEpoch, config.train().batch())),
                    cooldown == 0 ? "" : ", cooldown " + count(cooldown)));
      }
    }
  }

  private void pictures(Dataset dataset) {
    dataset.notes().forEach(note -> tell("note", note));
    Seen found = seen;
    if (found != null) {
      String problem = attempt(() -> UsableRows.problem(dataset, found.plain(config)));
      if (problem != null) {
        problems.add(problem);
      }
    }
  }

  private void captions(Dataset training) {
    if (request.model()) {
      CutCaptions cut = attempt(() -> Vocabulary.cutCaptions(config, training));
      if (cut != null) {
        tell("captions", cut.text());
      }
    }
  }

  private long windows(Dataset training) {
    List<String> notes = attempt(() -> Loader.notes(training, Loading.training(config)));
    if (notes != null) {
      notes.forEach(note -> tell("note", note));
    }
    int chunks = training.chunkCount();
    long all = 0;
    for (int chunk = 0; chunk < chunks; chunk++) {
      all += training.bytes(chunk);
    }
    long two = Math.min(chunks, 2L * config.data().read().window());
    return Math.min(config.data().read().windowBytes(), all / chunks * two);
  }

  private void machine(Seen found, long window) {
    TrainingSize size = attempt(() -> Models.size(config, found));
    if (size == null) {
      return;
    }
    tell(
        "model",
        "%s, %s weights, of which %s learn"
            .formatted(
                InEffect.start(config.model()), count(size.weights()), count(size.trained())));
    Path teacher = config.train().teacher();
    Long taught = teacher == null ? Long.valueOf(0) : attempt(() -> Models.weights(teacher));
    if (taught == null) {
      return;
    }
    Needs needs = attempt(() -> Needs.of(config, size, taught, found.varied(config), window));
    if (needs != null) {
      tell("memory", needs.memoryText());
      needs.doubts().forEach(doubt -> tell("note", doubt));
      tell("disk", needs.diskText());
      problems.addAll(needs.problems());
    }
  }

  /** What it gives, or null, and a problem more. */
  private <T> @Nullable T attempt(Attempt<T> look) {
    try {
      return look.get();
    } catch (FacetException e) {
      problems.add(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      problems.add("cannot read what is needed: " + e.getMessage());
    }
    return null;
  }

  /** Something to look at that may turn out to be a problem. */
  private interface Attempt<T> {
    @Nullable T get() throws IOException;
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private void tell(String subject, String text) {
    console.err().println(subject + ": " + text);
  }
}
