package dev.facet.cli.inspect;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** An inspection, for people. */
final class InspectText {
  private InspectText() {}

  static String of(Inspection found) {
    StringBuilder text = new StringBuilder();
    text.append(found.dataset()).append("\n\n");
    found.notes().forEach(note -> text.append("  note: ").append(note).append('\n'));
    for (Map.Entry<String, Long> split : found.splits().entrySet()) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %-12s %,12d rows%s\n",
              split.getKey(),
              split.getValue(),
              split.getKey().equals(found.split()) ? "  (looked at)" : ""));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "\nSplit \"%s\": %,d rows in %,d chunks; from %,d of them:\n",
            found.split(),
            found.rows(),
            found.chunks(),
            found.looked()));
    if (found.vectorWidth() > 0) {
      line(text, "vectors", "of " + found.vectorWidth() + " numbers, in the pictures' places");
    } else {
      line(text, "format", counts(found.formats()));
      line(text, "width", found.width() + " px");
      line(text, "height", found.height() + " px");
      line(text, "encoded", found.kilobytes() + " KiB");
    }
    line(text, "captions", found.captions() + " per picture");
    line(text, "words", found.words() + " per caption");
    CutCaptions cut = found.cut();
    line(
        text,
        "tokens",
        cut == null ? "not counted without a tokenizer (model.tokenizer)" : cut.text());
    line(text, "face box", percent(found.boxes()));
    line(
        text,
        "labels",
        found.labels().isEmpty()
            ? "none"
            : found.labels().entrySet().stream()
                .map(label -> label.getKey() + " " + percent(label.getValue()))
                .collect(Collectors.joining(", ")));
    line(text, "unusable", found.skipped().isEmpty() ? "none" : counts(found.skipped()));
    found
        .remarks()
        .forEach((remark, count) -> line(text, "remark", count + " of: " + printable(remark)));
    List<String> examples = found.examples();
    if (!examples.isEmpty()) {
      text.append("\nCaptions:\n");
      examples.forEach(caption -> text.append("  ").append(printable(caption)).append('\n'));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format("  %-12s %s\n", name, value));
  }

  private static String counts(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f%%", share * 100);
  }

  /** Captions come from the web: no line breaks, and nothing that steers the terminal. */
  private static String printable(String caption) {
    return caption.replaceAll("\\p{Cntrl}+", " ");
  }
}
