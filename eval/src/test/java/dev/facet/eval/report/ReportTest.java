package dev.facet.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.eval.log.EvalLine;
import dev.facet.eval.log.HeldOutLoss;
import dev.facet.eval.log.RunLine;
import dev.facet.eval.log.StepLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path dir;

  @Test
  void textFromTheWebStaysTextAndIsEscapedOnce() throws IOException {
    String evil = "<script>alert('x')</script> & \"quoted\" \0";
    ReportData data =
        new ReportData(
            evil,
            evil,
            Sample.evaluation(),
            List.of(),
            null,
            List.of(),
            List.of(),
            List.of(table(evil, "key" + evil, "value" + evil)),
            Map.of(evil, 3L),
            evil,
            List.of(
                new GalleryEntry(
                    evil, 2, List.of(new FoundPicture(new byte[] {1}, 0.5, true)), null)));

    String page = Report.page(data);

    assertThat(page).doesNotContain("<script").doesNotContain("\0").doesNotContain("&amp;lt;");
    assertThat(page)
        .contains(
            "<p class=\"caption\" dir=\"auto\">&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"
                + " &amp; &quot;quoted&quot; \ufffd</p>");
  }

  @Test
  void thePageLoadsNothingFromElsewhere() throws IOException {
    String page = Report.page(full());

    assertThat(page).doesNotContainPattern("https?://").doesNotContain("<link", "@import");
    assertThat(page).contains("default-src 'none'");
    assertThat(page).contains("src=\"data:image/jpeg;base64,AQI=\"");
  }

  @Test
  void thePageHoldsVerdictCurvesSkipsAndGallery() throws IOException {
    Path file = dir.resolve("report.html");
    Report.write(file, full());

    assertThat(Files.readString(file))
        .contains("<b>80.0%</b> find a right picture first (95% interval: ")
        .contains("Training loss", "Image to text, held out: val", "Text to image, held out: val")
        .contains("undecodable</th><td>1,234")
        .contains("right picture at rank 17")
        .contains("right apart", "&#10003; rank 17: 0.250")
        .contains("<h2>Model</h2>", "preset</th><td>tiny")
        .contains("Research only.");
  }

  @Test
  void aRunWithoutEvaluationOrStepsStillHasAPage() throws IOException {
    String page =
        Report.page(
            new ReportData(
                "r", null, null, List.of(), null, List.of(), List.of(), List.of(), Map.of(), "",
                List.of()));

    assertThat(page).contains("was not evaluated").doesNotContain("<svg");
  }

  @Test
  void whatThereIsOneOfStandsInATableAndMakesNoEmptyChart() throws IOException {
    List<RunLine> lines = List.of(step(1, 4), evaluation(1));

    String page =
        Report.page(
            new ReportData(
                "r", null, null, List.of(), null, List.of(), lines, List.of(), Map.of(), "",
                List.of()));

    assertThat(page)
        .doesNotContain("<svg")
        .contains("Training loss, step 1</th><td>4.000 loss (nats)")
        .contains("Text to image, held out: val, after step 1</th><td>R@1 80.0%, R@5 100.0%");
  }

  @Test
  void onPaperACaptionStaysWithItsPicturesAndTheDarkColoursOnTheScreen() throws IOException {
    String page = Report.page(full());

    assertThat(page).containsPattern("@media print \\{[^@]*article[^@]*break-inside: avoid");
    assertThat(page).contains("@media screen and (prefers-color-scheme: dark)");
  }

  @Test
  void aLossThatIsNotFiniteLeavesAGapNotABrokenChart() throws IOException {
    List<RunLine> lines = List.of(step(1, 4), step(2, Float.NaN), step(3, 2));

    String page =
        Report.page(
            new ReportData(
                "r", null, null, List.of(), null, List.of(), lines, List.of(), Map.of(), "",
                List.of()));

    assertThat(page).contains("<polyline class=\"raw\"").doesNotContain("NaN");
  }

  @Test
  void aLongRunKeepsItsSpikesInASmallPage() throws IOException {
    List<RunLine> lines = new ArrayList<>();
    for (int i = 1; i <= 100_000; i++) {
      lines.add(step(i, i == 54_321 ? 99 : 2));
    }

    String page =
        Report.page(
            new ReportData(
                "r", null, null, List.of(), null, List.of(), lines, List.of(), Map.of(), "",
                List.of()));

    assertThat(page.length()).isLessThan(40_000);
    assertThat(page).contains(">100</text>");
  }

  private static ReportData full() {
    return new ReportData(
        "faces",
        null,
        Sample.evaluation(),
        List.of(),
        null,
        List.of(),
        List.of(step(1, 3), evaluation(1), step(2, 2), evaluation(2)),
        List.of(table("Model", "preset", "tiny")),
        Map.of("undecodable", 1234L),
        "Research only.",
        List.of(
            new GalleryEntry(
                "a smile",
                17,
                List.of(new FoundPicture(new byte[] {3}, 0.75, false)),
                new FoundPicture(new byte[] {1, 2}, 0.25, true))));
  }

  private static ReportTable table(String title, String name, String value) {
    return new ReportTable(title, new TreeMap<>(Map.of(name, value)));
  }

  private static EvalLine evaluation(long step) {
    return EvalLine.of("val", step, 0, Sample.retrieval().result(), new HeldOutLoss(1, 8), TIME);
  }

  private static StepLine step(long step, float loss) {
    return new StepLine(step, 0, loss, 1e-4, 14, 1, 100, 0, 0, null, TIME);
  }
}
