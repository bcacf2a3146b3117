package dev.facet.loader.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.base.Rgb;
import dev.facet.loader.data.BadSampleException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Files that break readers, with what a correct reader sees. */
@Tag("kit")
class AwkwardFilesTest {
  private static final Path KIT =
      Path.of(System.getProperty("facet.shared", "../../shared"), "kit/awkward");

  /** Where the collection itself allows to read the file and to refuse it. */
  private static final Set<String> EITHER =
      Set.of(
          "broken-stream.png", // "a strict reader may refuse it"
          "truncated.jpg", // all of it is there but half of its end marker
          "text-bomb.png", // "a reader that skips text chunks may read the picture"
          "unknown-compression.png"); // only its colour profile is broken

  private static final Map<String, Reason> REFUSED =
      Map.of(
          "bomb-19000.png", Reason.TOO_LARGE,
          "bomb-4gpx.gif", Reason.TOO_LARGE,
          "html-named.jpg", Reason.UNSUPPORTED);

  private static final Set<String> INKS = Set.of("cmyk-adobe0.jpg", "ycck-adobe.jpg");

  /** Its profile describes a printer: what the conversion yields depends on the library. */
  private static final double PRINTER = 8;

  /** One line of the collection's list. */
  private record Expected(List<String> names, List<String> values) {
    String get(String name) {
      return values.get(names.indexOf(name));
    }
  }

  private final List<String> problems = new ArrayList<>();

  @Test
  void everyFileIsReadOrRefusedAsTheCollectionSays() throws Exception {
    eachFile(
        DecodeSettings.DEFAULT,
        (row, report) -> {
          String file = row.get("file");
          boolean known = !row.get("true_format").equals("avif");
          boolean readable = row.get("pillow_readable").equals("yes") && known;
          if (report.reason() != null && !EITHER.contains(file)) {
            Reason reason = known ? REFUSED.getOrDefault(file, Reason.CORRUPT) : Reason.UNSUPPORTED;
            check(!readable && report.reason() == reason, row, report);
          } else if (report.reason() == null) {
            check(readable || EITHER.contains(file), row, report);
            check(isSize(row, report), row, report);
            double tolerance = INKS.contains(file) ? 6 : 2;
            check(isMean(row, "_no_icc", tolerance, report), row, report);
          }
        });
    assertThat(problems).isEmpty();
  }

  @Test
  void headersSayWhatTheCollectionSays() throws Exception {
    eachFile(
        DecodeSettings.DEFAULT,
        (row, report) -> {
          if (report.reason() != null) {
            return;
          }
          String orientation = row.get("exif_orientation");
          check(
              report.orientation() == (orientation.isEmpty() ? 1 : Integer.parseInt(orientation)),
              row,
              report);
          if (!row.get("frames").isEmpty()) {
            check(report.frames() == Integer.parseInt(row.get("frames")), row, report);
            check(report.iccBytes() == Integer.parseInt(row.get("icc_bytes")), row, report);
          }
          String format = String.valueOf(report.format()).toLowerCase(Locale.ROOT);
          check(format.equals(row.get("true_format")), row, report);
        });
    assertThat(problems).isEmpty();
  }

  @Test
  void profilesAreHonouredOnRequest() throws Exception {
    eachFile(
        new DecodeSettings(25_000_000, 64 << 20, false, Rgb.of(0), true),
        (row, report) -> {
          if (report.reason() == null && !row.get("mean_r").isEmpty()) {
            boolean printer = row.get("file").equals("progressive-icc-390k.jpg");
            double tolerance = INKS.contains(row.get("file")) ? 6 : printer ? PRINTER : 2;
            check(isMean(row, "", tolerance, report), row, report);
          }
        });
    assertThat(problems).isEmpty();
  }

  @Test
  void whatWasCutOffIsUsedAsFarAsItGoesOnRequest() throws Exception {
    eachFile(
        new DecodeSettings(25_000_000, 64 << 20, true, Rgb.of(0), false),
        (row, report) -> {
          String file = row.get("file");
          boolean readable =
              row.get("readable_if_truncation_allowed").equals("yes")
                  && !row.get("true_format").equals("avif");
          if (!EITHER.contains(file)) {
            check(readable == (report.reason() == null), row, report);
          }
          if (report.reason() == null) {
            check(isSize(row, report), row, report);
          }
        });
    assertThat(problems).isEmpty();
  }

  private void check(boolean good, Expected row, DecodeReport report) {
    if (!good) {
      problems.add(row + "\n got " + report);
    }
  }

  private static boolean isSize(Expected row, DecodeReport report) {
    if (row.get("width").isEmpty()) {
      return true;
    }
    return report.width() == Integer.parseInt(row.get("width"))
        && report.height() == Integer.parseInt(row.get("height"))
        && report.storedWidth() == Integer.parseInt(row.get("stored_width"))
        && report.storedHeight() == Integer.parseInt(row.get("stored_height"));
  }

  private static boolean isMean(Expected row, String kind, double tolerance, DecodeReport report) {
    List<Double> mean = report.meanRgb();
    boolean good = mean != null;
    for (int c = 0; good && c < 3 && mean != null; c++) {
      String level = row.get("mean_" + "rgb".charAt(c) + kind);
      good = level.isEmpty() || Math.abs(Double.parseDouble(level) - mean.get(c)) <= tolerance;
    }
    return good;
  }

  private static void eachFile(DecodeSettings settings, BiConsumer<Expected, DecodeReport> check)
      throws IOException {
    List<String> lines = Files.readAllLines(KIT.resolve("expected.csv"));
    List<String> names = fields(lines.getFirst());
    for (String line : lines.subList(1, lines.size())) {
      List<String> values = fields(line);
      Expected row = new Expected(names, values);
      byte[] file = Files.readAllBytes(KIT.resolve(row.get("file")));
      check.accept(row, DecodeReport.of(file, settings));
    }
  }

  /** Splits a CSV line, minding quotes. */
  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
