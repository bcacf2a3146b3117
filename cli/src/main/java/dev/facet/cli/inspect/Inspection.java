package dev.facet.cli.inspect;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a split of a dataset holds: counts of all of it, the rest from a sample.
 *
 * @param notes what its reader should know, such as a tar that ends too early
 * @param splits rows in every split
 * @param rows in this split
 * @param looked rows of the sample
 * @param skipped rows of the sample that cannot be used, by reason
 * @param remarks what libraries in C said of pictures that can be used, with their number
 * @param vectorWidth numbers of the vector in each picture's place; 0 where there are pictures
 * @param formats pictures of the sample by file format
 * @param width of pictures as displayed, in pixels
 * @param height of pictures as displayed, in pixels
 * @param kilobytes encoded size of pictures
 * @param captions per picture
 * @param words per caption
 * @param cut captions that are longer than a model reads; null where no tokenizer is named
 * @param boxes share of the sample with a face box
 * @param labels share of the sample with each label
 * @param examples the first captions of a few pictures
 */
record Inspection(
    String dataset,
    String split,
    List<String> notes,
    SequencedMap<String, Long> splits,
    long rows,
    int chunks,
    int looked,
    Map<String, Integer> skipped,
    Map<String, Integer> remarks,
    int vectorWidth,
    Map<String, Integer> formats,
    Spread width,
    Spread height,
    Spread kilobytes,
    Spread captions,
    Spread words,
    @Nullable CutCaptions cut,
    double boxes,
    Map<String, Double> labels,
    List<String> examples) {

  /** Smallest, middle and largest of some figures; all 0 if there are none. */
  record Spread(
      @JsonProperty("min") long min,
      @JsonProperty("median") long median,
      @JsonProperty("max") long max) {

    static Spread of(List<Long> figures) {
      if (figures.isEmpty()) {
        return new Spread(0, 0, 0);
      }
      List<Long> sorted = figures.stream().sorted().toList();
      return new Spread(sorted.getFirst(), sorted.get(sorted.size() / 2), sorted.getLast());
    }

    @Override
    public String toString() {
      return min == max ? Long.toString(min) : min + " to " + max + ", median " + median;
    }
  }
}
