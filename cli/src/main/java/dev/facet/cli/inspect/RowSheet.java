package dev.facet.cli.inspect;

import dev.facet.augment.Augmentation;
import dev.facet.augment.operation.Squash;
import dev.facet.base.FacetException;
import dev.facet.base.SampleRandom;
import dev.facet.cli.inspect.Sampler.Picture;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.ChunkSizes;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.decode.DecodeSettings;
import dev.facet.loader.picture.BoxSpace;
import dev.facet.loader.picture.ImageSettings;
import dev.facet.loader.picture.MadePicture;
import dev.facet.loader.picture.PictureMaker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** A contact sheet of rows that were picked. */
public final class RowSheet {
  private RowSheet() {}

  /**
   * Draws rows in their order, at most {@value ContactSheet#MOST}.
   *
   * @param texts what to write below each, by the row's number in the data set
   * @throws FacetException if a row cannot be read any more
   */
  public static void write(
      Path target,
      Dataset dataset,
      SequencedMap<Long, String> texts,
      DecodeSettings decoding,
      BoxSpace boxSpace)
      throws IOException {
    ChunkSizes sizes = new ChunkSizes(dataset.chunkCount(), dataset::rowCount);
    ImageSettings squashed =
        ImageSettings.plain(
            ContactSheet.CELL, Augmentation.training(List.of(Squash.DEFAULT)), decoding, boxSpace);
    List<Picture> pictures = new ArrayList<>();
    try (PictureMaker maker = new PictureMaker(squashed)) {
      for (Map.Entry<Long, String> each : texts.entrySet()) {
        if (pictures.size() < ContactSheet.MOST) {
          pictures.add(picture(dataset, sizes, each.getKey(), each.getValue(), maker));
        }
      }
    }
    ContactSheet.write(target, pictures);
  }

  private static Picture picture(
      Dataset dataset, ChunkSizes sizes, long row, String text, PictureMaker maker) {
    int chunk = sizes.chunkOf(row);
    try (Chunk open = dataset.open(chunk)) {
      MadePicture made =
          maker.make(open.row((int) (row - sizes.firstRow(chunk))), new SampleRandom());
      return new Picture(
          0,
          made.header().format().name(),
          made.header().shownWidth(),
          made.header().shownHeight(),
          List.of(text),
          made.box(),
          Map.of(),
          Miniature.of(made));
    } catch (IOException | BadSampleException e) {
      throw FacetException.run(
          dataset.name() + ", row " + row + ", cannot be read any more: " + e.getMessage(), e);
    }
  }
}
