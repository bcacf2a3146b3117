package dev.facet.cli.preparation;

import dev.facet.base.FacetException;
import dev.facet.cli.console.Console;
import dev.facet.cli.console.Progress;
import dev.facet.cli.request.PrepareRequest;
import dev.facet.model.checkpoint.ModelDirectory;
import dev.facet.model.text.TokenizerFiles;
import dev.facet.prepare.Outlook;
import dev.facet.prepare.Preparation;
import dev.facet.prepare.PrepareSettings;
import dev.facet.prepare.SourceSettings;
import dev.facet.prepare.embedding.EmbeddingSettings;
import dev.facet.prepare.face.CropSettings;
import dev.facet.prepare.source.EmbeddingFiles;
import dev.facet.prepare.takedown.TakedownList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * {@code facet prepare --dry-run}: looks at everything that could end a preparation early or late,
 * and goes on past what is wrong, so that all of it is told at once. What it estimates rests on
 * assumptions, which it tells.
 */
public final class PrepareDryRun {
  /** Of addresses in published sets, some years old; 63.5 % of HumanCaption-10M in 2026. */
  private static final double ALIVE = 0.65;

  private static final long PICTURE_BYTES = 150_000;
  private static final long FACE_BYTES = 40_000;

  /** Of the captions and names of a row, packed. */
  private static final long TEXT_BYTES = 300;

  /** Bytes for each pixel of a JPEG of high quality. */
  private static final double BYTES_PER_PIXEL = 0.6;

  /** Of one request, over all hosts, dead ones included. */
  private static final double SECONDS = 1;

  private final PrepareRequest request;
  private final PrepareSettings settings;
  private final Console console;
  private final List<String> problems = new ArrayList<>();

  /** Looks at nothing yet. */
  public PrepareDryRun(PrepareRequest request, Console console) {
    this.request = request;
    this.settings = request.settings();
    this.console = console;
  }

  /** Looks, and tells on the way what it finds. */
  public List<String> problems() throws InterruptedException {
    attempt(this::model);
    Path list = request.takedown();
    if (list != null) {
      attempt(
          () -> tell("take-down", count(TakedownList.read(list).entries().size()) + " entries"));
    }
    attempt(() -> PrepareWork.checkGoingOn(request));
    attempt(this::out);
    if (Files.exists(request.source())) {
      attempt(() -> source(Outlook.of(request.source(), settings)));
    } else {
      problems.add("--source: nothing at " + request.source() + ": name a file or folder");
    }
    return List.copyOf(problems);
  }

  /** Enough of it to know that it is one: its weights are read when they are needed. */
  private void model() throws IOException {
    Path checkpoint = settings.filter().checkpoint();
    if (settings.filter().asksModel() && checkpoint != null) {
      ModelDirectory.config(checkpoint);
      TokenizerFiles.open(checkpoint);
    }
  }

  private void out() throws IOException {
    Path out = request.out();
    if (Files.exists(out)
        && Preparation.settings(out).isEmpty()
        && !(Files.isDirectory(out) && isEmpty(out))) {
      throw FacetException.usage(
          "the output folder " + out + " exists already: delete it or name another one");
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> content = Files.list(folder)) {
      return content.findAny().isEmpty();
    }
  }

  private void source(Outlook outlook) throws IOException {
    if (outlook.rows() < 0) {
      tell(
          "source", "a list without an index, which the run makes first: its rows are not counted");
      return;
    }
    SourceSettings.Kind kind = settings.source().kind();
    tell(
        "source",
        "%s rows in %s %s"
            .formatted(
                count(outlook.rows()),
                count(outlook.files()),
                kind == SourceSettings.Kind.PICTURES ? "split(s)" : "file(s)"));
    switch (kind) {
      case ADDRESSES -> {
        double usable = (double) outlook.usable() / Math.max(1, outlook.looked());
        tell(
            "looked at",
            "the first %s rows: %s with a usable address, %s with a caption, %s with a box, %s unreadable; %s hosts"
                .formatted(
                    count(outlook.looked()),
                    percent(outlook.usable(), outlook.looked()),
                    percent(outlook.captioned(), outlook.looked()),
                    percent(outlook.boxed(), outlook.looked()),
                    count(outlook.unreadable()),
                    count(outlook.hosts())));
        fetching(outlook.rows() * usable);
        disk("plan", outlook.planBytes(), (long) (outlook.rows() * usable * ALIVE), sampleBytes());
      }
      case PICTURES -> disk("plan", outlook.planBytes(), outlook.rows(), sampleBytes());
      case EMBEDDINGS -> vectors(outlook);
    }
  }

  private void vectors(Outlook outlook) throws IOException {
    tell(
        "looked at",
        "the first %s rows: %s with a caption, %s unreadable"
            .formatted(
                count(outlook.looked()),
                percent(outlook.captioned(), outlook.looked()),
                count(outlook.unreadable())));
    Path path = request.embeddings();
    if (path == null || !Files.exists(path)) {
      return; // told already
    }
    EmbeddingFiles files = EmbeddingFiles.open(path, settings.embeddings().columns());
    tell(
        "vectors",
        "%s of %s numbers in %s file(s)"
            .formatted(count(files.count()), count(files.width()), count(files.files().size())));
    long number =
        settings.embeddings().store() == EmbeddingSettings.Store.FLOAT16 ? 2 : Float.BYTES;
    disk(
        "parts of the join",
        outlook.planBytes() + files.count() * files.width() * Float.BYTES,
        Math.min(files.count(), outlook.rows()),
        files.width() * number + TEXT_BYTES);
  }

  private void fetching(double asked) {
    double pictures = asked * ALIVE;
    tell(
        "download",
        String.format(
            Locale.ROOT,
            "about %s, %s, if %.0f %% of the addresses answer, with %s each, and a request takes"
                + " %.0f s at %,d at once",
            size((long) (pictures * PICTURE_BYTES)),
            Progress.time((long) (asked * SECONDS / settings.fetch().concurrency())),
            100 * ALIVE,
            size(PICTURE_BYTES),
            SECONDS,
            settings.fetch().concurrency()));
  }

  /**
   * @param what is written before the shards, and how many bytes it takes
   * @param sample bytes of one
   */
  private void disk(String what, long before, long samples, long sample) throws IOException {
    long shards = samples * sample;
    Path place = existing(request.out());
    long free = Files.getFileStore(place).getUsableSpace();
    // Parts are deleted when the shards are whole.
    long most = before + 2 * shards;
    tell(
        "disk",
        "%s %s, shards about %s at %s a sample, and as much again while they are written; free %s in %s"
            .formatted(what, size(before), size(shards), size(sample), size(free), place));
    if (before > free) {
      problems.add(
          "--out %s: the %s alone takes %s, and %s are free there: make room, or name another disk"
              .formatted(request.out(), what, size(before), size(free)));
    } else if (most > free) {
      tell("note", "this may be more than is free: make room, name another disk, or set crop.size");
    }
  }

  private long sampleBytes() {
    int side = settings.crop().size();
    if (side > 0) {
      return (long) (BYTES_PER_PIXEL * side * side);
    }
    return settings.crop().region() == CropSettings.Region.FACE ? FACE_BYTES : PICTURE_BYTES;
  }

  private static Path existing(Path folder) {
    Path place = folder.toAbsolutePath();
    while (!Files.exists(place) && place.getParent() != null) {
      place = place.getParent();
    }
    return place;
  }

  /** Something to look at that may turn out to be a problem. */
  private interface Look {
    void run() throws IOException, InterruptedException;
  }

  private void attempt(Look look) throws InterruptedException {
    try {
      look.run();
    } catch (FacetException e) {
      problems.add(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      problems.add("cannot read what is needed: " + e.getMessage());
    }
  }

  private static String percent(long part, long all) {
    return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / Math.max(1, all));
  }

  private static String size(long bytes) {
    return bytes < 1e6
        ? String.format(Locale.ROOT, "%,.0f kB", bytes / 1e3)
        : bytes < 1e9
            ? String.format(Locale.ROOT, "%,.0f MB", bytes / 1e6)
            : String.format(Locale.ROOT, "%,.1f GB", bytes / 1e9);
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private void tell(String subject, String text) {
    console.err().println(subject + ": " + text);
  }
}
