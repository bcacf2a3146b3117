package dev.facet.cli.work;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.cli.config.Config;
import dev.facet.cli.label.LabelAnswers;
import dev.facet.cli.work.Scoring.Scored;
import dev.facet.eval.log.RunLog;
import dev.facet.eval.measure.Evaluation;
import dev.facet.eval.measure.RanksFile;
import dev.facet.eval.report.EvalJson;
import dev.facet.eval.report.EvalSource;
import dev.facet.eval.report.Gallery;
import dev.facet.eval.report.GalleryEntry;
import dev.facet.eval.report.Report;
import dev.facet.eval.report.ReportData;
import dev.facet.eval.report.Sweep;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.picture.Thumbnails;
import dev.facet.loader.quarantine.Quarantine;
import dev.facet.model.DualEncoder;
import dev.facet.model.pictures.Preprocessing;
import dev.facet.train.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what an evaluation found: its figures as JSON and its report page. */
final class Results {
  /** Side of a gallery picture, in pixels. */
  private static final int THUMBNAIL = 160;

  private static final String TERMS =
      "Pictures of faces are personal data. The published face-caption datasets are for research"
          + " use only: keep to their terms, honour take-down requests, and do not use this model"
          + " to identify anybody.";

  private Results() {}

  /**
   * What is shown.
   *
   * @param sweep over weights between the start and these; null where nobody asked
   * @param trained the config that the weights were trained with; null where nothing is known of it
   */
  record Shown(
      Config config,
      @Nullable Config trained,
      Scored scored,
      Evaluation evaluation,
      LabelAnswers labels,
      @Nullable Sweep sweep,
      Dataset heldOut,
      Seen seen,
      DualEncoder model,
      EvalSource source) {}

  /** Writes all files; the curves are those of the run that the checkpoint lies in, if any. */
  static void write(ResultFiles files, Shown shown, ObjectNode figures) throws IOException {
    Files.createDirectories(files.folder());
    Scored scored = shown.scored();
    RanksFile.write(files.ranks(), RanksFile.of(scored.embeddings(), scored.retrieval()));
    figures.put(EvalJson.RANKS, String.valueOf(files.ranks().getFileName()));
    EvalJson.write(files.json(), figures);
    page(files, shown, gallery(shown), null);
  }

  /**
   * Writes the page alone.
   *
   * @param standing how far a run is that goes on; null where it does not
   */
  static void page(
      ResultFiles files, Shown shown, List<GalleryEntry> gallery, @Nullable String standing)
      throws IOException {
    Path checkpoint = Path.of(shown.source().checkpoint());
    Report.write(
        files.report(),
        new ReportData(
            title(shown, checkpoint),
            standing,
            shown.evaluation(),
            shown.labels().groups(),
            shown.sweep(),
            shown.labels().classified(),
            RunLog.read(run(checkpoint)),
            InEffect.tables(
                shown.config(), shown.trained(), shown.model(), shown.seen(), shown.source()),
            files.own()
                ? Quarantine.reasons(files.quarantine())
                : shown.scored().embeddings().coverage().skipped(),
            TERMS,
            gallery));
  }

  /** Captions with the pictures that they find; none where there are no pictures. */
  static List<GalleryEntry> gallery(Shown shown) throws IOException {
    return switch (shown.seen()) {
      case Seen.Pixels pixels ->
          gallery(shown.config(), shown.scored(), shown.heldOut(), pixels.wanted());
      case Seen.Vectors _ -> List.of();
    };
  }

  private static List<GalleryEntry> gallery(
      Config config, Scored scored, Dataset heldOut, Preprocessing wanted) throws IOException {
    try (Thumbnails thumbnails =
        new Thumbnails(
            heldOut,
            THUMBNAIL,
            Loading.evaluation(config, wanted),
            config.data().decoding(),
            config.data().boxSpace())) {
      return Gallery.pick(
          scored.retrieval(),
          scored.embeddings().texts()::get,
          image -> thumbnails.jpeg(scored.embeddings().rows()[image]),
          config.eval().gallery(),
          config.seed());
    }
  }

  /** What the page is called: the run, or the model where there was none. */
  private static String title(Shown shown, Path checkpoint) {
    return shown.trained() != null
        ? shown.config().run().name()
        : String.valueOf(checkpoint.toAbsolutePath().normalize().getFileName());
  }

  /** The run that a checkpoint lies in; its folder alone where it lies in none. */
  private static Path run(Path checkpoint) {
    Path folder = checkpoint.toAbsolutePath().normalize().getParent();
    Path run = folder == null ? null : folder.getParent();
    return folder != null && run != null && folder.endsWith(Checkpoints.FOLDER) ? run : checkpoint;
  }
}
