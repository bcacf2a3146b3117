package dev.facet.eval.measure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.base.JsonProblem;
import dev.facet.base.Staged;
import dev.facet.eval.HeldOut;
import dev.facet.eval.retrieval.Retrieval;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The rank of every query of an evaluation, a picture with its captions per line ({@link
 * RankedPicture} as JSON): what two evaluations are compared by.
 */
public final class RanksFile {
  private RanksFile() {}

  /** Every query, picture by picture. */
  public static List<RankedPicture> of(HeldOut heldOut, Retrieval retrieval) {
    List<List<RankedCaption>> captions = new ArrayList<>();
    double[] ranks = retrieval.imageToText().toArray();
    double[] precisions = retrieval.imageToText().precisions();
    for (int image = 0; image < ranks.length; image++) {
      captions.add(new ArrayList<>());
    }
    double[] captionPrecisions = retrieval.textToImage().precisions();
    int[] imageOf = heldOut.pairing().imageOfCaption();
    for (int caption = 0; caption < imageOf.length; caption++) {
      captions
          .get(imageOf[caption])
          .add(
              new RankedCaption(
                  heldOut.texts().get(caption),
                  retrieval.textToImage().of(caption),
                  captionPrecisions[caption]));
    }
    List<RankedPicture> pictures = new ArrayList<>();
    for (int image = 0; image < ranks.length; image++) {
      pictures.add(
          new RankedPicture(
              String.format(Locale.ROOT, "%016x", heldOut.pictures()[image]),
              heldOut.rows()[image],
              ranks[image],
              precisions[image],
              captions.get(image)));
    }
    return pictures;
  }

  /** Writes all, whole or not at all. */
  public static void write(Path target, List<RankedPicture> pictures) throws IOException {
    try (Staged staged = Staged.file(target)) {
      try (BufferedWriter out = Files.newBufferedWriter(staged.path())) {
        for (RankedPicture picture : pictures) {
          out.write(Json.LINE.writeValueAsString(picture));
          out.newLine();
        }
      }
      staged.commit();
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws FacetException if it is damaged
   */
  public static List<RankedPicture> read(Path file) throws IOException {
    try (MappingIterator<@Nullable RankedPicture> lines =
        Json.LINE.readerFor(RankedPicture.class).readValues(file.toFile())) {
      List<RankedPicture> pictures = new ArrayList<>();
      while (lines.hasNext()) {
        RankedPicture picture = lines.next();
        if (picture != null) {
          pictures.add(picture);
        }
      }
      return pictures;
    } catch (JsonProcessingException e) {
      throw damaged(file, JsonProblem.inLine(e));
    } catch (RuntimeJsonMappingException e) {
      throw damaged(file, "a line is no picture with its ranks");
    }
  }

  private static FacetException damaged(Path file, String why) {
    return FacetException.usage(file + " is damaged (" + why + "): evaluate that model again");
  }
}
