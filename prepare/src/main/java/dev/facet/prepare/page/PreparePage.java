package dev.facet.prepare.page;

import dev.facet.base.Html;
import dev.facet.base.Staged;
import dev.facet.loader.decode.DecodeSettings;
import dev.facet.prepare.whole.Counts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code prepare.html}: the counts of {@code prepare.json} to look at, with samples of the shards.
 */
public final class PreparePage {
  /** Its name beside the shards. */
  public static final String NAME = "prepare.html";

  private static final String NO_PICTURE = "no_picture";
  private static final int HOSTS = 25;

  private final Counts counts;
  private final StringBuilder out = new StringBuilder();
  private final Formatter form = new Formatter(out, Locale.ROOT);

  private PreparePage(Counts counts) {
    this.counts = counts;
  }

  /**
   * What a page tells besides counts.
   *
   * @param shards folder that its samples are of
   * @param decoding that these were made with
   * @param source of the rows
   * @param command that made the shards
   * @param settings in effect, as YAML
   */
  public record About(
      Path shards, DecodeSettings decoding, String source, String command, String settings) {}

  /** Writes the page beside the shards, whole or not at all. */
  public static void write(Counts counts, About about) throws IOException {
    Staged.write(about.shards.resolve(NAME), new PreparePage(counts).page(about));
  }

  private String page(About about) throws IOException {
    Path name = about.shards.toAbsolutePath().normalize().getFileName();
    out.append(
        Html.head(
            "Facet prepare",
            name == null ? about.shards.toString() : name.toString(),
            Html.resource(PreparePage.class, "prepare.css")));
    form.format(
        "<p class=\"verdict\"><b>%,d</b> samples of %,d rows.</p>\n",
        counts.samples(), counts.rows());
    steps();
    losses();
    hosts();
    sizes();
    if (counts.samples() > 0) {
      out.append(
          "<section><h2>Samples</h2>\n<p class=\"note\">Spread evenly over the shards, not ");
      out.append("chosen. A frame is the face that the data knows.</p>\n");
      out.append(SampleSheet.draw(about.shards, about.decoding)).append("</section>\n");
    }
    about(about);
    return out.append(Html.end()).toString();
  }

  private void steps() {
    long most = Math.max(1, Math.max(counts.rows(), counts.crops()));
    out.append("<section class=\"whole\"><h2>Yield</h2><table><tbody>\n");
    step("", "rows", counts.rows(), most);
    step("", "with a usable address or file", counts.rowsWithUsableUrl(), most);
    step("", "with a picture", counts.downloadsOk(), most);
    step("", "cut out", counts.crops(), most);
    step("", "samples", counts.samples(), most);
    counts.splits().forEach((split, samples) -> step("part", split, samples, most));
    out.append("</tbody></table>\n<p class=\"note\">Shares are of the rows");
    if (counts.extraFaces() > 0) {
      form.format("; faces beyond the first of their row: %,d", counts.extraFaces());
    }
    out.append(".</p></section>\n");
  }

  private void step(String style, String name, long count, long most) {
    bar(style, name, count, counts.rows(), most);
  }

  private void losses() {
    List<Map<String, Long>> kinds =
        List.of(counts.failures(), counts.cropFailures(), counts.leftOut());
    List<String> names = List.of("no picture", "not cut out", "left out");
    long all = counts.rows() + counts.extraFaces();
    long lost = 0;
    long most = 1;
    for (Map<String, Long> kind : kinds) {
      for (Map.Entry<String, Long> each : kind.entrySet()) {
        if (!each.getKey().equals(NO_PICTURE)) {
          lost += each.getValue();
          most = Math.max(most, each.getValue());
        }
      }
    }
    out.append("<section><h2>Losses by reason</h2>\n");
    form.format(
        "<p class=\"note\">%,d rows and %,d further faces = ", counts.rows(), counts.extraFaces());
    form.format("%,d samples and %,d lost.</p>\n", counts.samples(), lost);
    out.append("<table class=\"lost\"><tbody>\n");
    for (int i = 0; i < kinds.size(); i++) {
      losses(names.get(i), kinds.get(i), all, most);
    }
    out.append("</tbody></table></section>\n");
  }

  private void losses(String name, Map<String, Long> reasons, long all, long most) {
    List<Map.Entry<String, Long>> known =
        reasons.entrySet().stream()
            .filter(each -> !each.getKey().equals(NO_PICTURE))
            .sorted(
                Map.Entry.<String, Long>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
    if (!known.isEmpty()) {
      form.format("<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"4\">%s</th></tr>\n", name);
      known.forEach(each -> bar("part", each.getKey(), each.getValue(), all, most));
    }
  }

  private void bar(String style, String name, long count, long all, long most) {
    form.format("<tr class=\"%s\"><th scope=\"row\">%s</th>", style, Html.text(name));
    form.format("<td>%,d</td><td>%s</td>", count, percent(count, all));
    form.format(
        "<td class=\"wide\"><div class=\"bar\" style=\"width:%.2f%%\"></div></td></tr>\n",
        100.0 * count / most);
  }

  private void hosts() {
    if (counts.hosts().isEmpty()) {
      return;
    }
    out.append("<section><h2>Hosts</h2>\n<p class=\"note\">Those with most failures, of the most ");
    out.append("asked ones. Rows with several addresses count at the one asked last.</p>\n");
    out.append(
        "<div class=\"scroll\"><table class=\"lost\"><thead><tr><th scope=\"col\">host</th>");
    out.append("<th scope=\"col\">rows</th><th scope=\"col\">failed</th><th scope=\"col\">share");
    out.append("</th><th></th></tr></thead><tbody>\n");
    counts.hosts().stream()
        .sorted(Comparator.comparingLong(Counts.Host::failures).reversed())
        .limit(HOSTS)
        .forEach(
            host -> {
              form.format("<tr><th scope=\"row\">%s</th>", Html.text(host.name()));
              form.format("<td>%,d</td><td>%,d</td>", host.rows(), host.failures());
              form.format("<td>%s</td>", percent(host.failures(), host.rows()));
              form.format(
                  "<td class=\"wide\"><div class=\"bar\" style=\"width:%.2f%%\"></div></td></tr>\n",
                  100.0 * host.failures() / Math.max(1, host.rows()));
            });
    out.append("</tbody></table></div></section>\n");
  }

  private void sizes() {
    out.append("<section class=\"whole\"><h2>Sizes</h2><div class=\"charts\">\n");
    out.append(
        Histogram.draw(
            "Shorter side of samples", counts.shorterSides(), Counts.SIDE_STEP, "pixels"));
    out.append(
        Histogram.draw("Length of captions", counts.captionWords(), Counts.WORD_STEP, "words"));
    out.append("</div>\n<table class=\"keys\"><tbody>\n");
    key("photos, different ones", String.format(Locale.ROOT, "%,d", counts.distinctPicturesOfOk()));
    counts
        .formatsOfOk()
        .forEach((format, rows) -> key(format, String.format(Locale.ROOT, "%,d rows", rows)));
    key("bytes of photos", megabytes(counts.bytesIn()));
    key("bytes of samples", megabytes(counts.bytesOut()));
    out.append("</tbody></table></section>\n");
  }

  private void about(About about) {
    out.append("<section class=\"whole\"><h2>How it was made</h2><table class=\"keys\"><tbody>\n");
    key("source", about.source);
    key("command", about.command);
    out.append("</tbody></table>\n<details><summary>Settings</summary><pre>");
    out.append(Html.text(about.settings)).append("</pre></details></section>\n");
    out.append("<section class=\"terms whole\"><h2>Terms of the data</h2><p>The data set's own ");
    out.append("terms apply. This page shows pictures of people: share it only as far as those ");
    out.append("terms and the law allow.</p></section>\n");
  }

  private void key(String name, String value) {
    form.format(
        "<tr><th scope=\"row\">%s</th><td>%s</td></tr>\n", Html.text(name), Html.text(value));
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
  }

  /** What is there never reads as nothing. */
  private static String percent(long count, long all) {
    double percent = 100.0 * count / Math.max(1, all);
    return count > 0 && percent < 0.05
        ? "under 0.1%"
        : String.format(Locale.ROOT, "%.1f%%", percent);
  }
}
