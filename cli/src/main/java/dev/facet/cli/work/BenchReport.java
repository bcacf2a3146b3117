package dev.facet.cli.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import dev.facet.loader.bench.BenchResult;
import dev.facet.loader.picture.ImageSettings;
import dev.facet.loader.picture.PictureInput;
import dev.facet.loader.picture.VectorSettings;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Prints what {@code facet bench loader} measured: the last number of threads in full, and how the
 * speed grows with them if there are several.
 *
 * @param pictures what was made of each
 * @param contextLength token ids that were made of each caption; 0 is none
 */
record BenchReport(List<BenchResult> results, PictureInput pictures, int contextLength, int batch) {

  /** The keys of {@link BenchResult} for the last number of threads, and {@code scaling}. */
  String json() throws JsonProcessingException {
    BenchResult last = results.getLast();
    ObjectNode json = Json.PRETTY.valueToTree(last);
    json.put("batch", batch);
    json.put("context_length", contextLength);
    switch (pictures) {
      case ImageSettings images -> {
        json.put("image_size", images.size());
        json.put("pixels", images.pixels().label());
      }
      case VectorSettings vectors -> json.put("vector_width", vectors.width());
    }
    if (results.size() > 1) {
      ArrayNode scaling = json.putArray("scaling");
      for (BenchResult result : results) {
        scaling
            .addObject()
            .put("threads", result.threads())
            .put("images_per_second", result.imagesPerSecond())
            .put("speedup", speedup(result))
            .put("cpu_share", result.cpuShare());
      }
    }
    return Json.PRETTY.writeValueAsString(json);
  }

  /** For people; ends with the sentence that names the bottleneck. */
  String text() {
    Formatter text = new Formatter(Locale.ROOT);
    if (results.size() > 1) {
      text.format("threads   images/s  speed-up  processor\n");
      for (BenchResult result : results) {
        text.format(
            "%7d %,10.0f %8.2fx %9.0f%%\n",
            result.threads(), result.imagesPerSecond(), speedup(result), 100 * result.cpuShare());
      }
      text.format("\n");
    }
    BenchResult last = results.getLast();
    text.format(
        "%,.0f images/s (%.1f MB/s read): %s, batches of %d\n",
        last.imagesPerSecond(), last.bytesPerSecond() / 1e6, made(), batch);
    text.format(
        "%d threads on %d cores, %.0f%% of the processor busy\n\n",
        last.threads(), last.cores(), 100 * last.cpuShare());
    text.format("stage         share of time   median ms      p95 ms\n");
    last.stages()
        .forEach(
            (stage, figures) ->
                text.format(
                    "%-14s %12.1f%% %11.3f %11.3f\n",
                    stage, 100 * figures.share(), figures.p50Ms(), figures.p95Ms()));
    text.format(
        "\n%.1f of %d batches ready on average; peak memory %,d MB; %,.0f bytes of heap per sample;"
            + " %s\n\n%s",
        last.ringOccupancy(),
        last.slots(),
        last.peakRssBytes() >> 20,
        last.allocatedBytesPerSample(),
        skipped(last.skipped()),
        last.bottleneck());
    return text.toString();
  }

  /** Against the first number of threads. */
  private double speedup(BenchResult result) {
    return result.imagesPerSecond() / results.getFirst().imagesPerSecond();
  }

  private String made() {
    String made =
        switch (pictures) {
          case ImageSettings images -> images.text() + ", " + images.pixels().label();
          case VectorSettings vectors -> vectors.text();
        };
    return made
        + (contextLength == 0 ? ", no captions" : ", captions of " + contextLength + " ids");
  }

  private static String skipped(Map<String, Long> skipped) {
    return skipped.isEmpty()
        ? "no sample skipped"
        : "skipped: "
            + skipped.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
  }
}
