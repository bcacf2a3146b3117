package dev.facet.cli.work;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.cli.config.Config;
import dev.facet.cli.work.Scoring.Scored;
import dev.facet.eval.Coverage;
import dev.facet.eval.log.RunLog;
import dev.facet.eval.measure.Evaluation;
import dev.facet.eval.measure.Grouped;
import dev.facet.eval.measure.RanksFile;
import dev.facet.eval.report.EvalJson;
import dev.facet.eval.report.EvalSource;
import dev.facet.eval.report.Gallery;
import dev.facet.eval.report.GalleryEntry;
import dev.facet.eval.report.Report;
import dev.facet.eval.report.ReportData;
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

  /** Writes all files; the curves are those of the run that the checkpoint lies in, if any. */
  static void write(
      ResultFiles files,
      Config config,
      Scored scored,
      Evaluation evaluation,
      List<Grouped> groups,
      ObjectNode figures,
      Dataset heldOut,
      Seen seen,
      DualEncoder model,
      EvalSource source)
      throws IOException {
    Files.createDirectories(files.folder());
    Coverage coverage = scored.embeddings().coverage();
    RanksFile.write(files.ranks(), RanksFile.of(scored.embeddings(), scored.retrieval()));
    figures.put(EvalJson.RANKS, String.valueOf(files.ranks().getFileName()));
    EvalJson.write(files.json(), figures);
    List<GalleryEntry> gallery =
        switch (seen) {
          case Seen.Pixels pixels -> gallery(config, scored, heldOut, pixels.wanted());
          case Seen.Vectors vectors -> List.of(); // nothing to show
        };
    Path checkpoint = Path.of(source.checkpoint());
    Config trained = InEffect.trained(checkpoint);
    Report.write(
        files.report(),
        new ReportData(
            title(config, trained, checkpoint),
            evaluation,
            groups,
            RunLog.read(run(checkpoint)),
            InEffect.tables(config, trained, model, seen, source),
            files.own() ? Quarantine.reasons(files.quarantine()) : coverage.skipped(),
            TERMS,
            gallery));
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
  private static String title(Config config, @Nullable Config trained, Path checkpoint) {
    return trained != null
        ? config.run().name()
        : String.valueOf(checkpoint.toAbsolutePath().normalize().getFileName());
  }

  /** The run that a checkpoint lies in; its folder alone where it lies in none. */
  private static Path run(Path checkpoint) {
    Path folder = checkpoint.toAbsolutePath().normalize().getParent();
    Path run = folder == null ? null : folder.getParent();
    return folder != null && run != null && folder.endsWith(Checkpoints.FOLDER) ? run : checkpoint;
  }
}
