package dev.facet.eval.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenRanksTest {
  private static final long[] ALL_DIFFERENT = LongStream.range(0, 1552).toArray();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void ranksAreExactWithSeveralCaptionsPerImageOnAnyNumberOfThreads(int threads) {
    Retrieval retrieval =
        Retrieval.rank(
            Golden.embeddings("image_embeds"),
            Golden.embeddings("text_embeds"),
            new Pairing(Golden.ints("txt2img"), ALL_DIFFERENT),
            RetrievalSettings.standard(threads));

    assertRanks(retrieval.imageToText(), "rank_image_to_text");
    assertRanks(retrieval.textToImage(), "rank_text_to_image");
    assertFigures(retrieval.result(), Golden.EXPECTED.get("main"));
    assertThat(retrieval.result().pairs()).isEqualTo(1552);
    assertThat(retrieval.result().images()).isEqualTo(500);
    assertThat(retrieval.result().identicalCaptions()).isZero();
  }

  @Test
  void recallAgreesWithTheUsualEvaluators() {
    RetrievalResult result =
        Retrieval.score(
            Golden.embeddings("image_embeds"),
            Golden.embeddings("text_embeds"),
            new Pairing(Golden.ints("txt2img"), ALL_DIFFERENT),
            RetrievalSettings.standard(2));

    JsonNode clip = Golden.EXPECTED.get("main").get("clip_benchmark");
    JsonNode flip = Golden.EXPECTED.get("main").get("flip_itm_eval_percent");
    assertThat(result.textToImage().r5())
        .isCloseTo(clip.get("image_retrieval_recall@5").asDouble(), within(1e-6));
    assertThat(result.imageToText().r10())
        .isCloseTo(clip.get("text_retrieval_recall@10").asDouble(), within(1e-6));
    assertThat(100 * result.imageToText().r1())
        .isCloseTo(flip.get("txt_r1").asDouble(), within(1e-6));
    assertThat(100 * result.textToImage().r10())
        .isCloseTo(flip.get("img_r10").asDouble(), within(1e-6));
  }

  @Test
  void ranksAreExactWithOneCaptionPerImage() {
    int[] chosen = Golden.ints("one_caption.text_index");
    Embeddings all = Golden.embeddings("text_embeds");
    float[] values = new float[chosen.length * all.dim()];
    for (int i = 0; i < chosen.length; i++) {
      all.copyRow(chosen[i], values, i * all.dim());
    }
    int[] diagonal = new int[chosen.length];
    Arrays.setAll(diagonal, i -> i);

    Retrieval retrieval =
        Retrieval.rank(
            Golden.embeddings("image_embeds"),
            new Embeddings(values, all.dim()),
            new Pairing(diagonal, LongStream.range(0, chosen.length).toArray()),
            RetrievalSettings.standard(2));

    assertRanks(retrieval.imageToText(), "one_caption.rank_image_to_text");
    assertRanks(retrieval.textToImage(), "one_caption.rank_text_to_image");
    assertFigures(retrieval.result(), Golden.EXPECTED.get("one_caption"));
  }

  @ParameterizedTest
  @CsvSource({"strict, false", "duplicate_aware, true"})
  void ranksOfTiedScoresAreExact(String name, boolean duplicateAware) {
    Retrieval retrieval = ties(TieRule.INDEX, duplicateAware);

    assertRanks(retrieval.imageToText(), "ties." + name + ".rank_image_to_text");
    assertRanks(retrieval.textToImage(), "ties." + name + ".rank_text_to_image");
  }

  @ParameterizedTest
  @EnumSource(TieRule.class)
  void everyTieRuleGivesItsOwnFigures(TieRule rule) {
    JsonNode expected = Golden.EXPECTED.get("ties");

    assertFigures(ties(rule, false).result(), expected.get("strict").get(rule.label()));
    assertFigures(ties(rule, true).result(), expected.get("duplicate_aware").get(rule.label()));
  }

  @Test
  void captionsThatShareTheirTextAreCounted() {
    long[] ids = Golden.longs("ties.caption_id");
    long shared =
        Arrays.stream(ids)
            .filter(id -> Arrays.stream(ids).filter(o -> o == id).count() > 1)
            .count();

    assertThat(ties(TieRule.INDEX, true).result().identicalCaptions()).isEqualTo((int) shared);
    assertThat(ties(TieRule.INDEX, false).result().identicalCaptions()).isEqualTo((int) shared);
  }

  private static Retrieval ties(TieRule rule, boolean duplicateAware) {
    return Retrieval.rank(
        Golden.embeddings("ties.image_embeds"),
        Golden.embeddings("ties.text_embeds"),
        new Pairing(Golden.ints("ties.txt2img"), Golden.longs("ties.caption_id")),
        new RetrievalSettings(rule, duplicateAware, 10, 2));
  }

  private static void assertRanks(Ranks ranks, String tensor) {
    assertThat(ranks.toArray())
        .containsExactly(Arrays.stream(Golden.longs(tensor)).asDoubleStream().toArray());
  }

  private static void assertFigures(RetrievalResult result, JsonNode expected) {
    assertDirection(result.imageToText(), expected.get("image_to_text"));
    assertDirection(result.textToImage(), expected.get("text_to_image"));
  }

  private static void assertDirection(Direction actual, JsonNode expected) {
    assertThat(
            new double[] {
              actual.r1(),
              actual.r5(),
              actual.r10(),
              actual.medianRank(),
              actual.meanRank(),
              actual.mrr()
            })
        .containsExactly(
            new double[] {
              expected.get("R@1").asDouble(),
              expected.get("R@5").asDouble(),
              expected.get("R@10").asDouble(),
              expected.get("median_rank").asDouble(),
              expected.get("mean_rank").asDouble(),
              expected.get("mrr").asDouble()
            },
            within(1e-9));
  }
}
