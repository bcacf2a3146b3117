package dev.facet.cli.work;

import dev.facet.cli.config.Config;
import dev.facet.cli.work.Scoring.Scored;
import dev.facet.eval.Coverage;
import dev.facet.eval.log.RunLog;
import dev.facet.eval.report.EvalJson;
import dev.facet.eval.report.EvalSource;
import dev.facet.eval.report.Gallery;
import dev.facet.eval.report.GalleryEntry;
import dev.facet.eval.report.Report;
import dev.facet.eval.report.ReportData;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.picture.Thumbnails;
import dev.facet.loader.quarantine.Quarantine;
import dev.facet.model.pictures.Preprocessing;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes what an evaluation found: its figures as JSON and its report page. */
final class Results {
  /** Side of a gallery picture, in pixels. */
  private static final int THUMBNAIL = 160;

  private static final String TERMS =
      "Pictures of faces are personal data. The published face-caption datasets are for research"
          + " use only: keep to their terms, honour take-down requests, and do not use this model"
          + " to identify anybody.";

  private Results() {}

  /** Writes both files; the curves are those of the run log beside them, if any. */
  static void write(
      ResultFiles files,
      Config config,
      Scored scored,
      Dataset heldOut,
      Preprocessing wanted,
      EvalSource source)
      throws IOException {
    Files.createDirectories(files.folder());
    Coverage coverage = scored.embeddings().coverage();
    EvalJson.write(files.json(), scored.retrieval().result(), coverage, source);
    List<GalleryEntry> gallery;
    try (Thumbnails thumbnails =
        new Thumbnails(
            heldOut,
            THUMBNAIL,
            Loading.evaluation(config, wanted),
            config.data().decoding(),
            config.data().boxSpace())) {
      gallery =
          Gallery.pick(
              scored.retrieval(),
              scored.embeddings().texts()::get,
              image -> thumbnails.jpeg(scored.embeddings().rows()[image]),
              config.eval().gallery(),
              config.seed());
    }
    Report.write(
        files.report(),
        new ReportData(
            config.run().name(),
            scored.retrieval().result(),
            RunLog.read(files.folder()),
            settings(config, source),
            files.own() ? Quarantine.reasons(files.quarantine()) : coverage.skipped(),
            TERMS,
            gallery));
  }

  private static Map<String, String> settings(Config config, EvalSource source) {
    Map<String, String> shown = new LinkedHashMap<>();
    shown.put("checkpoint", source.checkpoint());
    shown.put("data", source.dataset() + ", split " + source.split());
    shown.put("preset", label(config.model().preset()));
    shown.put("precision", label(config.model().precision()));
    shown.put("global batch", Integer.toString(config.train().batch()));
    shown.put("epochs", Integer.toString(config.train().epochs()));
    shown.put("learning rate", Double.toString(config.train().adamW().lr()));
    shown.put("weight decay", Double.toString(config.train().adamW().weightDecay()));
    shown.put("seed", Long.toString(config.seed()));
    return shown;
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
