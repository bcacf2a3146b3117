package dev.facet.cli.inspect;

import dev.facet.augment.Augmentation;
import dev.facet.augment.operation.Squash;
import dev.facet.augment.resample.Interpolation;
import dev.facet.augment.resample.ResizeMode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.cli.settings.DataConfig;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.picture.ImageSettings;
import dev.facet.loader.picture.PictureInput;
import dev.facet.loader.picture.UsableRows;
import dev.facet.loader.picture.VectorSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
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
   * @param cut captions that are longer than a model reads; null where that is not known
   * @param json whether to print for machines
   * @param sheet PNG file to write, or null for none
   * @throws FacetException after what was found is printed, if no row can be used
   */
  public static void run(
      Dataset dataset,
      DataConfig data,
      String split,
      SequencedMap<String, Long> splits,
      @Nullable CutCaptions cut,
      boolean json,
      @Nullable Path sheet,
      PrintWriter out)
      throws IOException {
    Sampler sample = new Sampler(dataset, SAMPLE, squashed(dataset, data), sheet != null);
    boolean vectors = data.pictures() == DataConfig.Pictures.VECTORS;
    Inspection found =
        Inspector.inspect(dataset, split, splits, cut, vectors ? dataset.vectorWidth() : 0, sample);
    out.print(json ? Json.PRETTY.writeValueAsString(found) + "\n" : InspectText.of(found));
    out.flush();
    String problem =
        sample.pictures().isEmpty() ? UsableRows.problem(dataset, plain(dataset, data)) : null;
    if (problem != null) {
      throw FacetException.run(problem);
    }
    if (sheet != null) {
      ContactSheet.write(sheet, sample.spread(ContactSheet.MOST));
    }
  }

  /** Whole pictures for the contact sheet. */
  private static PictureInput squashed(Dataset dataset, DataConfig data) {
    return input(dataset, data, Augmentation.training(List.of(Squash.DEFAULT)));
  }

  /** Pictures as they are; the size does not matter. */
  private static PictureInput plain(Dataset dataset, DataConfig data) {
    return input(
        dataset, data, Augmentation.evaluation(null, ResizeMode.SHORTEST, Interpolation.BICUBIC));
  }

  private static PictureInput input(Dataset dataset, DataConfig data, Augmentation seen) {
    return data.pictures() == DataConfig.Pictures.VECTORS
        ? new VectorSettings(dataset.vectorWidth(), true)
        : ImageSettings.plain(ContactSheet.CELL, seen, data.decoding(), data.boxSpace());
  }
}
