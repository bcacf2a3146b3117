package dev.facet.cli.inspect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.decode.DecodeReport;
import dev.facet.loader.decode.DecodeSettings;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How single picture files are decoded. */
public final class DecodedFiles {
  private static final List<String> HEADINGS =
      List.of(
          "file", "format", "stored", "displayed", "orientation", "frames", "decoder", "mean RGB");

  private record Entry(Path file, DecodeReport report) {}

  private final List<Entry> entries = new ArrayList<>();

  /** Decodes files one after the other; those that are refused are told as such. */
  public DecodedFiles(List<Path> files, DecodeSettings settings) throws IOException {
    for (Path file : files) {
      entries.add(new Entry(file, report(file, settings)));
    }
  }

  /** Mapped, as a file that is too large is refused unread. */
  private static DecodeReport report(Path file, DecodeSettings settings) throws IOException {
    try (FileChannel channel = FileChannel.open(file);
        Arena arena = Arena.ofConfined()) {
      int length = (int) Math.min(Integer.MAX_VALUE, channel.size());
      EncodedImage image = new EncodedImage();
      image.at(channel.map(MapMode.READ_ONLY, 0, length, arena), 0, length);
      return DecodeReport.of(image, settings);
    }
  }

  /** An array with an object for each file. */
  public String json() throws JsonProcessingException {
    ArrayNode array = Json.PRETTY.createArrayNode();
    entries.forEach(entry -> write(entry, array.addObject()));
    return Json.PRETTY.writeValueAsString(array);
  }

  private static void write(Entry entry, ObjectNode json) {
    DecodeReport report = entry.report();
    json.put("file", entry.file().toString());
    json.put("format", report.format());
    if (report.orientation() > 0) { // else there is no header to speak of
      size(json.putObject("stored"), report.storedWidth(), report.storedHeight());
      size(json.putObject("displayed"), report.width(), report.height());
      json.put("orientation", report.orientation());
      json.put("frames", report.frames());
      json.put("icc_bytes", report.iccBytes());
      json.put("alpha", report.alpha());
    }
    if (report.meanRgb() != null) {
      json.put("decoder", report.decoder());
      ArrayNode mean = json.putArray("mean_rgb");
      report.meanRgb().forEach(level -> mean.add(Math.round(level * 100) / 100.0));
    }
    if (report.remark() != null) {
      json.put("remark", report.remark());
    }
    if (report.reason() != null) {
      json.putObject("refused")
          .put("reason", label(report.reason()))
          .put("message", report.message());
    }
  }

  private static void size(ObjectNode json, int width, int height) {
    json.put("width", width).put("height", height);
  }

  /** A table. */
  public String text() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEADINGS);
    entries.forEach(entry -> lines.add(line(entry)));
    int[] widths =
        IntStream.range(0, HEADINGS.size()).map(column -> width(lines, column)).toArray();
    return lines.stream()
        .map(line -> padded(line, widths))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static List<String> line(Entry entry) {
    DecodeReport report = entry.report();
    List<String> cells = new ArrayList<>();
    cells.add(printable(entry.file().toString()));
    cells.add(report.format());
    if (report.orientation() > 0) {
      cells.addAll(
          List.of(
              report.storedWidth() + " x " + report.storedHeight(),
              report.width() + " x " + report.height(),
              Integer.toString(report.orientation()),
              Integer.toString(report.frames())));
    }
    if (report.meanRgb() != null) {
      cells.add(String.valueOf(report.decoder()));
      cells.add(
          report.meanRgb().stream()
              .map(level -> Long.toString(Math.round(level)))
              .collect(Collectors.joining(" ")));
    }
    if (report.remark() != null) {
      cells.add("remark: " + printable(report.remark()));
    }
    if (report.reason() != null) {
      cells.add(
          "refused ("
              + label(report.reason())
              + "): "
              + printable(String.valueOf(report.message())));
    }
    return cells;
  }

  /** The widest of a column; what a refused file ends in does not count, nor a remark. */
  private static int width(List<List<String>> lines, int column) {
    return lines.stream()
        .filter(line -> line.size() > column && column < HEADINGS.size())
        .filter(line -> !line.get(column).startsWith("refused"))
        .mapToInt(line -> line.get(column).length())
        .max()
        .orElse(0);
  }

  /** What stands behind the last column, a remark, is as long as it is. */
  private static String padded(List<String> line, int[] widths) {
    return IntStream.range(0, line.size())
        .mapToObj(
            i -> {
              int width = i < widths.length ? widths[i] : 0;
              return line.get(i) + " ".repeat(Math.max(0, width - line.get(i).length()));
            })
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** File names, and what messages quote from files, steer no terminal. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }
}
