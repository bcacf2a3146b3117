package dev.facet.model.flip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.facet.base.FacetException;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.GoldenFile;
import dev.facet.model.ModelOptions;
import dev.facet.model.checkpoint.ModelDirectory;
import dev.facet.model.clip.ClipConfig;
import dev.facet.model.config.TowerSize;
import dev.facet.model.layers.VisionTower;
import dev.facet.model.ops.Ops;
import dev.facet.model.ops.Precision;
import dev.facet.model.training.Loss;
import dev.facet.model.training.TrainingBatch;
import dev.facet.model.training.TrainingStep;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A tiny FLIP against its authors' code (FaceCaption-15M, commit 55d762b) run in float32: the
 * folder holds its random weights, their two config files, outputs, re-ranking and one training
 * step.
 */
class FlipParityTest {
  private final Path folder = GoldenFile.resource("flip-tiny");
  private DualEncoder model;
  private GoldenFile golden;
  private NDManager scope;

  @BeforeEach
  void open() throws IOException {
    model = ModelDirectory.open(folder, ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32));
    golden = new GoldenFile(folder.resolve("io.safetensors"));
    scope = model.manager().newSubManager();
  }

  @AfterEach
  void close() {
    scope.close();
    golden.close();
    model.close();
  }

  @Test
  void everyOutputAgreesWithTheAuthors() {
    Map<String, NDArray> outputs = model.outputs(array("pixel_values"), array("input_ids"));
    assertNear(
        outputs,
        2e-5,
        "image_hidden",
        "text_hidden",
        "image_proj",
        "text_proj",
        "multimodal_hidden_matched",
        "itm_logits_matched",
        "itm_logits_all_enc",
        "itm_logits_all_rawids");
    assertNear(outputs, 3e-6, "image_embeds", "text_embeds", "sim_i2t");
    assertNear(outputs, 5e-5, "sim_i2t_over_temp");
  }

  private void assertNear(Map<String, NDArray> outputs, double tolerance, String... names) {
    for (String name : names) {
      assertThat(golden.distance(named(outputs, name), name)).as(name).isLessThan(tolerance);
    }
  }

  @Test
  void encodedFeaturesAreTheEmbeddings() {
    assertThat(golden.distance(model.encodeImages(array("pixel_values"), false), "image_embeds"))
        .isLessThan(3e-6);
    assertThat(golden.distance(model.encodeTexts(array("input_ids"), false), "text_embeds"))
        .isLessThan(3e-6);
    assertThat(1 / model.logitScale()).isCloseTo(0.07, within(1e-7));
  }

  @Test
  void aBatchOfShortCaptionsIsCutWithoutChangingThem() {
    long[] all = golden.longs("input_ids");
    int context = model.config().contextLength();
    ByteBuffer tokens = ByteBuffer.allocateDirect(8 * context).order(ByteOrder.nativeOrder());
    for (int i = 0; i < context; i++) {
      // The second caption: three tokens, then padding.
      tokens.putLong(8 * i, i < 14 ? all[14 + i] : 0);
    }
    assertThat(model.ids(scope, tokens, 1).getShape().get(1)).isEqualTo(3);
    float[] feature = model.encodeTexts(scope, tokens, 1, false).toFloatArray();
    float[] expected = Arrays.copyOfRange(golden.floats("text_embeds"), 16, 32);
    assertThat(GoldenFile.distance(feature, expected)).isLessThan(3e-6);
  }

  @Test
  void rerankingScoresAreThoseOfTheAuthorsEvaluation() {
    Matching matching = Matching.of(model);
    NDArray ids = array("eval.input_ids");
    NDArray hidden = matching.imageHidden(array("eval.pixel_values"));
    Matching.Scores scores =
        matching.rerank(
            hidden,
            matching.imageFeatures(hidden),
            ids,
            model.encodeTexts(ids, false),
            (int) golden.longs("eval.k_test")[0]);
    assertThat(
            GoldenFile.distance(flat(scores.imageToText()), golden.floats("eval.score_matrix_i2t")))
        .isLessThan(2e-5);
    assertThat(
            GoldenFile.distance(flat(scores.textToImage()), golden.floats("eval.score_matrix_t2i")))
        .isLessThan(2e-5);
  }

  @Test
  void aPictureBesideCaptionsAndACaptionBesidePicturesScoreAsInTheAuthorsEvaluation() {
    Matching matching = Matching.of(model);
    NDArray looked = matching.imageHidden(array("eval.pixel_values"));
    int tokens = (int) looked.getShape().get(1);
    int width = (int) looked.getShape().get(2);
    float[] hidden = looked.toFloatArray();
    long[] ids = golden.longs("eval.input_ids");
    float[] similarities =
        matching
            .imageFeatures(looked)
            .matMul(model.encodeTexts(array("eval.input_ids"), false).transpose())
            .toFloatArray();
    float[] expected = golden.floats("eval.score_matrix_i2t");
    for (int picture = 0; picture < 5; picture++) {
      float[] yes =
          matching.yes(numbers(hidden, picture, 1), 1, tokens, width, captions(ids, 0, 8), 8);
      for (int caption = 0; caption < 8; caption++) {
        float one =
            matching
                .yes(numbers(hidden, 0, 5), 5, tokens, width, captions(ids, caption, 1), 1)[
                picture];
        assertThat(one).isCloseTo(yes[caption], within(1e-5f));
        if (expected[picture * 8 + caption] != Matching.PASSED_OVER) {
          assertThat(similarities[picture * 8 + caption] + yes[caption])
              .isCloseTo(expected[picture * 8 + caption], within(2e-5f));
        }
      }
    }
  }

  private static ByteBuffer numbers(float[] hidden, int first, int count) {
    int size = hidden.length / 5;
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(Float.BYTES * size * count).order(ByteOrder.nativeOrder());
    bytes.asFloatBuffer().put(hidden, first * size, size * count);
    return bytes;
  }

  /** Captions of 14 ids, as long as the model reads at most. */
  private ByteBuffer captions(long[] ids, int first, int count) {
    int length = model.config().contextLength();
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(Long.BYTES * length * count).order(ByteOrder.nativeOrder());
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < Math.min(length, 14); k++) {
        bytes.putLong(Long.BYTES * (i * length + k), ids[(first + i) * 14 + k]);
      }
    }
    return bytes;
  }

  private static float[] flat(float[][] rows) {
    float[] values = new float[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, values, i * rows[i].length, rows[i].length);
    }
    return values;
  }

  @Test
  void oneTrainingStepGivesTheAuthorsLossesAndEveryGradient() {
    FlipPretraining pretraining = FlipPretraining.of(model);
    Loss loss = step(pretraining);
    assertThat(part(loss, FlipPretraining.CONTRAST))
        .isCloseTo(golden.floats("train.loss_ita")[0], within(2e-5f));
    assertThat(part(loss, FlipPretraining.MATCHING))
        .isCloseTo(golden.floats("train.loss_itm")[0], within(2e-5f));
    Map<String, NDArray> trained = model.trained();
    assertThat(trained.keySet())
        .containsExactlyInAnyOrderElementsOf(
            golden.file().tensors().keySet().stream()
                .filter(name -> name.startsWith("grad."))
                .map(name -> name.substring("grad.".length()))
                .toList());
    trained.forEach(
        (name, weight) -> {
          float[] expected = golden.floats("grad." + name);
          float[] found = weight.getGradient().toFloatArray();
          for (int i = 0; i < expected.length; i++) {
            // The keys' bias cancels in the softmax: its gradient is rounding noise.
            double tolerance =
                name.endsWith("key.bias") || name.endsWith("k_proj.bias")
                    ? 2e-5
                    : 2e-5 + 1e-4 * Math.abs(expected[i]);
            assertThat((double) found[i]).as(name).isCloseTo(expected[i], within(tolerance));
          }
        });
  }

  @Test
  void oneTrainingStepMovesTheMomentumEncodersAndTheQueueAsTheAuthorsDoes() {
    step(FlipPretraining.of(model));
    Map<String, NDArray> weights = model.weights();
    for (String name :
        new String[] {
          "text_encoder_m.embeddings.word_embeddings.weight",
          "vision_proj_m.weight",
          "image_queue",
          "text_queue"
        }) {
      assertThat(golden.distance(named(weights, name), "train.after." + name))
          .as(name)
          .isLessThan(3e-6);
    }
    for (String name : new String[] {"idx_queue", "ptr_queue"}) {
      assertThat(named(weights, name).toLongArray())
          .as(name)
          .containsExactly(golden.longs("train.after." + name));
    }
  }

  /** The step that the authors' code was run for, whose gradients are in the weights now. */
  private Loss step(FlipPretraining pretraining) {
    return new TrainingStep(pretraining.likeliest(golden.floats("train.alpha")[0]))
        .gradients(
            new TrainingBatch(array("pixel_values"), array("input_ids"), array("idx"), 0), 0);
  }

  private static float part(Loss loss, String name) {
    return named(loss.parts(), name);
  }

  @Test
  void positionsAreResizedAsTheAuthorsDo() {
    NDArray resized = Ops.get().resizePositions(array("pos_embed.in"), 1, 4, false);
    assertThat(golden.distance(resized, "pos_embed.out")).isLessThan(1e-5);
    assertThat(((VisionTower) model.vision()).antialiasesPositions()).isFalse();
  }

  @Test
  void bfloat16StaysWithinAHundredthOfFloat32() throws IOException {
    try (DualEncoder half =
        ModelDirectory.open(folder, ModelOptions.plain(DeviceChoice.CPU, Precision.BFLOAT16))) {
      NDArray images = half.encodeImages(array("pixel_values"), false);
      NDArray texts = half.encodeTexts(array("input_ids"), false);
      assertThat(golden.distance(images, "image_embeds")).isBetween(1e-6, 1e-2);
      assertThat(golden.distance(texts, "text_embeds")).isBetween(1e-6, 1e-2);
    }
  }

  @Test
  void onlyFlipCanMatch() {
    TowerSize tower = TowerSize.of(16, 1, 2);
    ClipConfig clip = new ClipConfig(8, 16, 8, tower, 40, 6, 38, 39, 39, tower);
    ModelOptions options = ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32);
    try (DualEncoder other = DualEncoder.random(clip, options)) {
      assertThatThrownBy(() -> Matching.of(other))
          .isInstanceOf(FacetException.class)
          .hasMessageContaining("clip");
      assertThatThrownBy(() -> FlipPretraining.of(other))
          .isInstanceOf(FacetException.class)
          .hasMessageContaining("clip");
    }
  }

  private static <T> T named(Map<String, T> arrays, String name) {
    return Objects.requireNonNull(arrays.get(name), name);
  }

  private NDArray array(String name) {
    return golden.array(scope, name);
  }
}
