package dev.facet.eval.zeroshot;

import dev.facet.eval.HeldOut;
import dev.facet.eval.classification.ClassFigures;
import dev.facet.eval.classification.Classifications;
import dev.facet.eval.classification.Classified;
import dev.facet.eval.label.Labels;
import dev.facet.eval.measure.Bootstrap;
import dev.facet.eval.retrieval.Embeddings;
import dev.facet.model.DualEncoder;
import dev.facet.model.text.CaptionTokenizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * How well prompts tell attributes of pictures.
 *
 * @param prompts the set they are from
 * @param figures of each attribute, and their mean
 */
public record ZeroShot(String prompts, Classifications figures) {

  /**
   * Puts each picture into the class of each attribute whose vector it is nearest to.
   *
   * @param heldOut with the vectors of the pictures
   * @param labels of the rows of the data, those of {@link PromptSet#labels}
   * @param model that made the vectors; its text tower makes those of the prompts
   * @throws dev.facet.base.FacetException if another one made the vectors, or if the model cannot
   *     tell two classes of an attribute apart
   * @param batch prompts that go through the model at once
   * @param bootstrap of intervals; null for none
   */
  public static ZeroShot of(
      PromptSet prompts,
      HeldOut heldOut,
      List<Labels> labels,
      DualEncoder model,
      CaptionTokenizer tokenizer,
      int batch,
      @Nullable Bootstrap bootstrap) {
    PromptVectors.requireMaker(heldOut, model, tokenizer);
    PromptVectors vectors = PromptVectors.of(prompts, model, tokenizer, batch);
    SequencedMap<String, Classified> classified = new LinkedHashMap<>();
    for (int i = 0; i < prompts.attributes().size(); i++) {
      Attribute attribute = prompts.attributes().get(i);
      classified.put(
          attribute.name(),
          new Classified(
              attribute.classNames(),
              attribute.truth(heldOut.rows(), labels),
              scores(heldOut.images(), vectors.vectors().get(i))));
    }
    return new ZeroShot(prompts.name(), Classifications.of(classified, bootstrap));
  }

  /** With every figure that there may be, whatever its value. */
  public static ZeroShot expected(PromptSet prompts) {
    int most = prompts.attributes().stream().mapToInt(a -> a.classes().size()).max().orElse(0);
    SequencedMap<String, Classified> classified = new LinkedHashMap<>();
    for (Attribute attribute : prompts.attributes()) {
      classified.put(attribute.name(), Classified.right(attribute.classNames(), most));
    }
    return new ZeroShot(prompts.name(), Classifications.of(classified, null));
  }

  /** The similarity of every picture to every class. */
  private static double[][] scores(Embeddings pictures, List<double[]> classes) {
    double[][] scores = new double[classes.size()][pictures.rows()];
    double[] vector = new double[pictures.dim()];
    for (int picture = 0; picture < pictures.rows(); picture++) {
      pictures.copy(picture, vector);
      for (int c = 0; c < scores.length; c++) {
        scores[c][picture] = PromptVectors.dot(vector, classes.get(c));
      }
    }
    return scores;
  }

  /** The attributes that are not in the mean: all pictures are of one class, or of none. */
  public List<String> leftOut() {
    return figures.all().stream().filter(each -> !each.isMixed()).map(ClassFigures::name).toList();
  }
}
