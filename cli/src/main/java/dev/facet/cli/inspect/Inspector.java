package dev.facet.cli.inspect;

import dev.facet.cli.inspect.Inspection.Spread;
import dev.facet.cli.inspect.Sampler.Picture;
import dev.facet.loader.data.Dataset;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds out what a dataset holds. */
final class Inspector {
  private static final int EXAMPLES = 5;

  private Inspector() {}

  /**
   * Sums up rows spread over the split.
   *
   * @param vectorWidth numbers of the vectors in the pictures' places; 0 where there are pictures
   */
  static Inspection inspect(
      Dataset dataset,
      String split,
      SequencedMap<String, Long> splits,
      @Nullable CutCaptions cut,
      int vectorWidth,
      Sampler sample) {
    List<Picture> pictures = sample.pictures();
    List<Long> words =
        pictures.stream()
            .flatMap(picture -> picture.captions().stream())
            .map(caption -> (long) caption.strip().split("\\s+").length)
            .toList();
    return new Inspection(
        dataset.name(),
        split,
        dataset.notes(),
        splits,
        dataset.size(),
        dataset.chunkCount(),
        sample.looked(),
        sample.skipped(),
        sample.remarks(),
        vectorWidth,
        pictures.stream()
            .collect(Collectors.toMap(Picture::format, p -> 1, Integer::sum, TreeMap::new)),
        spread(pictures, Picture::width),
        spread(pictures, Picture::height),
        spread(pictures, picture -> (picture.bytes() + 512L) / 1024),
        spread(pictures, picture -> picture.captions().size()),
        Spread.of(words),
        cut,
        pictures.isEmpty()
            ? 0
            : (double) pictures.stream().filter(p -> p.box() != null).count() / pictures.size(),
        labels(pictures),
        sample.spread(EXAMPLES).stream().map(picture -> picture.captions().getFirst()).toList());
  }

  private static Spread spread(List<Picture> pictures, ToLongFunction<Picture> figure) {
    return Spread.of(pictures.stream().map(figure::applyAsLong).toList());
  }

  private static Map<String, Double> labels(List<Picture> pictures) {
    Map<String, Double> shares = new TreeMap<>();
    for (Picture picture : pictures) {
      for (String label : picture.labels().keySet()) {
        shares.merge(label, 1.0 / pictures.size(), Double::sum);
      }
    }
    // Sums of 1/n miss 1 by a rounding error.
    shares.replaceAll((label, share) -> Math.round(share * 1000) / 1000.0);
    return shares;
  }
}
