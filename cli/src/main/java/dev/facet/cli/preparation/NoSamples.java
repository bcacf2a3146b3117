package dev.facet.cli.preparation;

import dev.facet.base.FacetException;
import dev.facet.prepare.whole.Counts;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What to say where a preparation ends without a sample. */
final class NoSamples {
  private NoSamples() {}

  /** The commonest reason and what to do about it. */
  static FacetException of(Counts counts, Path out) {
    String reason = "no rows";
    long most = 0;
    for (Map<String, Long> losses :
        List.of(counts.failures(), counts.cropFailures(), counts.leftOut())) {
      for (Map.Entry<String, Long> each : losses.entrySet()) {
        if (!each.getKey().equals("no_picture") && each.getValue() > most) {
          reason = each.getKey();
          most = each.getValue();
        }
      }
    }
    String count =
        most == 0
            ? reason
            : String.format(Locale.ROOT, "%s %,d of %,d rows", reason, most, counts.rows());
    return FacetException.run(
        "%s has no sample at all: %s: %s, then delete the folder and run the command again; %s tells of each row"
            .formatted(out, count, cure(reason), out.resolve("rows")));
  }

  private static String cure(String reason) {
    return switch (reason) {
      case "no rows" -> "name another --source";
      case "no_usable_url" -> "name the column of addresses with source.columns.url";
      case "private_address" -> "name those that may be asked in fetch.allow";
      case "no_caption" -> "name the columns of captions with source.columns.captions";
      case "no_box", "box_malformed" ->
          "name the column of boxes with source.columns.box, or set crop.without_box or"
              + " crop.region to whole";
      case "box_outside", "small_face" -> "look at crop.box_space and crop.min_face";
      case "sha256_mismatch" -> "name the right column with source.columns.sha256, or set it to []";
      case "missing_file", "unsafe_path" ->
          "name the folder that paths start from with source.image_root";
      case "too_large" -> "raise fetch.max_bytes";
      case "too_many_pixels" -> "raise decode.max_pixels";
      case "timeout" -> "raise fetch.timeout, or lower fetch.concurrency";
      case "noai" -> "the servers do not want this: take another source";
      case "dns_failure",
          "connection_refused",
          "connection_reset",
          "connect_timeout",
          "tls_failure" ->
          "see whether this machine reaches them (names, proxy, firewall)";
      case "low_resolution",
          "aspect",
          "blurred",
          "grey",
          "caption_short",
          "caption_long",
          "caption_script",
          "caption_repeated",
          "several_faces",
          "dissimilar" ->
          "ask for less in the section filter";
      default -> "see why";
    };
  }
}
