package dev.facet.cli.inspect;

import dev.facet.base.Json;
import dev.facet.cli.config.DataConfig;
import dev.facet.loader.Dataset;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Tells what a dataset holds. */
public final class Inspect {
  private static final int SAMPLE = 256;

  private Inspect() {}

  /**
   * Prints what is found and draws the contact sheet.
   *
   * @param data how its pictures are read
   * @param json whether to print for machines
   * @param sheet PNG file to write, or null for none
   */
  public static void run(
      Dataset dataset,
      DataConfig data,
      String split,
      SequencedMap<String, Long> splits,
      boolean json,
      @Nullable Path sheet,
      PrintWriter out)
      throws IOException {
    int drawn = sheet == null ? 0 : ContactSheet.MOST;
    Sampler sample = new Sampler(dataset, SAMPLE, data.decoding(), data.boxSpace(), drawn);
    Inspection found = Inspector.inspect(dataset, split, splits, sample);
    out.print(json ? Json.PRETTY.writeValueAsString(found) + "\n" : InspectText.of(found));
    out.flush();
    if (sheet != null) {
      ContactSheet.write(sheet, sample.pictures());
    }
  }
}
