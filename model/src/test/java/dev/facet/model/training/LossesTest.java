package dev.facet.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.facet.base.FacetException;
import dev.facet.model.DualEncoder;
import dev.facet.model.GoldenFile;
import dev.facet.model.Tiny;
import dev.facet.model.ops.Duplicates;
import dev.facet.model.ops.Ops;
import dev.facet.model.ops.TrainingOps;
import dev.facet.model.ops.TrainingOps.Tile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Losses and gradients against numbers computed in float64; see losses/README.md. */
class LossesTest {
  private static final int N = 24;
  private static final double SMOOTHING = 0.1;

  private final NDManager scope = NDManager.newBaseManager("PyTorch");
  private GoldenFile golden;
  private GoldenFile more;

  @BeforeEach
  void open() throws IOException {
    golden = new GoldenFile(GoldenFile.resource("losses/losses.safetensors"));
    more = new GoldenFile(GoldenFile.resource("losses/more.safetensors"));
  }

  @AfterEach
  void close() {
    golden.close();
    more.close();
    scope.close();
  }

  @Test
  void infoNceAndItsGradientsAgree() {
    infoNce(golden, "infonce", "text_features", "logit_scale", none(), LossSettings.PLAIN);
    infoNce(
        golden,
        "infonce_scale100",
        "text_features",
        "infonce_scale100.logit_scale",
        none(),
        LossSettings.PLAIN);
  }

  @Test
  void duplicatesAreLeftOutOrShareOrAreAsAnyOther() {
    String texts = "masked.text_features";
    infoNce(golden, "masked", texts, "logit_scale", captions(), LossSettings.PLAIN);
    infoNce(more, "shared", texts, "logit_scale", captions(), settings(Duplicates.SHARE, 0));
    NDArray alike = golden.array(scope, "soft.idx");
    infoNce(golden, "soft", "text_features", "logit_scale", alike, settings(Duplicates.SHARE, 0));
    infoNce(
        golden, "infonce", "text_features", "logit_scale", alike, settings(Duplicates.IGNORE, 0));
  }

  @Test
  void aPairIsADuplicateInEitherOfItsNumbers() {
    long[] captions = golden.longs("masked.caption_id");
    long[] both = new long[2 * N];
    for (int i = 0; i < N; i++) {
      // Every picture is one of its own, and has the number of another row's caption.
      both[2 * i] = captions[(i + 1) % N] + (i << 8);
      both[2 * i + 1] = captions[i];
    }
    infoNce(
        golden,
        "masked",
        "masked.text_features",
        "logit_scale",
        scope.create(both, new Shape(N, 2)),
        LossSettings.PLAIN);
  }

  @Test
  void labelsAreSmoothedOverWhatIsNotLeftOut() {
    String texts = "masked.text_features";
    infoNce(
        more,
        "smooth",
        "text_features",
        "logit_scale",
        none(),
        settings(Duplicates.MASK, SMOOTHING));
    infoNce(
        more,
        "smooth_masked",
        texts,
        "logit_scale",
        captions(),
        settings(Duplicates.MASK, SMOOTHING));
    infoNce(
        more,
        "smooth_shared",
        texts,
        "logit_scale",
        captions(),
        settings(Duplicates.SHARE, SMOOTHING));
  }

  @Test
  void siglipsLossAndItsGradientsAgree() {
    siglip(golden, "siglip", "text_features", none(), Duplicates.MASK);
    siglip(more, "siglip_masked", "masked.text_features", captions(), Duplicates.MASK);
    siglip(more, "siglip_shared", "masked.text_features", captions(), Duplicates.SHARE);
  }

  @Test
  void aTeachersSoftmaxIsImitated() {
    LossSettings only = new LossSettings(Duplicates.MASK, 0, 1);
    Loss loss = infoNce(more, "distilled", "text_features", "logit_scale", none(), only);
    assertThat(loss.parts()).containsKeys(Contrastive.CONTRAST, Contrastive.DISTILLATION);
    LossSettings half = new LossSettings(Duplicates.MASK, 0, 0.25);
    Case both = new Case("text_features", "logit_scale", none());
    try (NDManager inner = scope.newSubManager()) {
      Loss mixed =
          Ops.recording(
              () -> both.infoNce(half, teacher()).backward(both.features(inner, true), N));
      double expected =
          0.75 * golden.floats("infonce.loss")[0] + 0.25 * more.floats("distilled.loss")[0];
      assertThat((double) mixed.total()).isCloseTo(expected, within(4e-6));
    }
  }

  @Test
  void aRanksRowsAddUpToTheLossOfTheBatch() {
    long[] split = golden.longs("multirank.split");
    int first = 0;
    for (int rank = 0; rank < split.length; rank++) {
      int rows = (int) split[rank];
      Tile tile = new Tile(first, rows);
      Case each = new Case("text_features", "logit_scale", none());
      NDArray infoNce =
          each.infoNce(LossSettings.PLAIN, null).contrast(each.features(scope, false), tile);
      // Ours is divided by all rows, as what ranks give is added; theirs by the rank's own.
      assertThat((double) infoNce.getFloat() * N / rows)
          .isCloseTo(golden.floats("multirank.local_loss")[rank], within(5e-6));
      NDArray siglip =
          TrainingOps.get()
              .sigmoidRows(
                  each.images,
                  each.texts,
                  each.logScale,
                  golden.array(scope, "logit_bias"),
                  none(),
                  tile,
                  Duplicates.MASK);
      assertThat((double) siglip.getFloat() * N / rows)
          .isCloseTo(golden.floats("multirank.siglip_local_loss")[rank], within(5e-5));
      first += rows;
    }
  }

  @Test
  void theLossOfALargeBatchTakesTilesAndNotTheWholeMatrix() {
    long matrix = 4L * 32_768 * 32_768;
    assertThat(Contrastive.bytes(32_768, 128)).isBetween(4L * 4 * 32_768 * 128, matrix / 8);
    assertThat(Contrastive.bytes(64, 128)).isEqualTo(4L * (4 * 64 * 128 + 20 * 64 * 64));
  }

  @Test
  void smoothingIsRefusedWhereEveryPairIsAQuestion() {
    try (DualEncoder model = DualEncoder.random(Tiny.siglip(), Tiny.options(3))) {
      assertThatThrownBy(() -> model.contrastive(settings(Duplicates.MASK, SMOOTHING), null))
          .isInstanceOf(FacetException.class)
          .hasMessageContaining("train.label_smoothing is 0.1")
          .hasMessageContaining("set train.label_smoothing to 0");
    }
  }

  private static LossSettings settings(Duplicates duplicates, double smoothing) {
    return new LossSettings(duplicates, smoothing, 0.5);
  }

  /** Every pair of its own picture and caption. */
  private NDArray none() {
    return scope.arange(N).toType(DataType.INT64, false);
  }

  private NDArray captions() {
    return golden.array(scope, "masked.caption_id");
  }

  /** Whose features stand in the file. */
  private static Teacher teacher() {
    // Only its scale is asked for: its features are there.
    try (DualEncoder none = DualEncoder.declare(Tiny.clip(), Tiny.options(0))) {
      return new Teacher(none, 8);
    }
  }

  /** Inputs of a loss; what learns is a leaf. */
  private final class Case {
    final NDArray images = leaf(golden.array(scope, "image_features"));
    final NDArray texts;
    final NDArray logScale;
    private final NDArray pairs;

    Case(String texts, String logScale, NDArray pairs) {
      this.texts = leaf(golden.array(scope, texts));
      this.logScale = leaf(golden.array(scope, logScale));
      this.pairs = pairs;
    }

    Features features(NDManager inner, boolean taught) {
      return taught
          ? new Features(
              images,
              texts,
              pairs,
              more.array(inner, "teacher_images"),
              more.array(inner, "teacher_texts"))
          : new Features(images, texts, pairs, null, null);
    }

    InfoNce infoNce(LossSettings settings, @Nullable Teacher guide) {
      try (DualEncoder none = DualEncoder.declare(Tiny.clip(), Tiny.options(0))) {
        return new InfoNce(none, () -> logScale, settings, guide);
      }
    }
  }

  /** In one tile, in uneven ones, and row by row. */
  private Loss infoNce(
      GoldenFile file,
      String name,
      String texts,
      String logScale,
      NDArray pairs,
      LossSettings settings) {
    boolean taught = settings.distillation() == 1;
    List<Loss> losses = new ArrayList<>();
    for (int rows : new int[] {N, 7, 1}) {
      Case each = new Case(texts, logScale, pairs);
      InfoNce objective = each.infoNce(settings, taught ? teacher() : null);
      Loss loss = Ops.recording(() -> objective.backward(each.features(scope, taught), rows));
      double slack = name.endsWith("100") ? 5e-6 : 1e-6;
      agrees(file, name, loss, each, slack);
      losses.add(loss);
    }
    return losses.getFirst();
  }

  private void siglip(
      GoldenFile file, String name, String texts, NDArray pairs, Duplicates duplicates) {
    for (int rows : new int[] {N, 7, 1}) {
      Case each = new Case(texts, "logit_scale", pairs);
      NDArray bias = leaf(golden.array(scope, "logit_bias"));
      float[] total = {0};
      Ops.recording(
          () -> {
            IntStream.iterate(0, first -> first < N, first -> first + rows)
                .forEach(
                    first -> {
                      NDArray loss =
                          TrainingOps.get()
                              .sigmoidRows(
                                  each.images,
                                  each.texts,
                                  each.logScale,
                                  bias,
                                  pairs,
                                  new Tile(first, Math.min(rows, N - first)),
                                  duplicates);
                      Ops.backward(loss, loss.onesLike());
                      total[0] += loss.getFloat();
                    });
            return total;
          });
      agrees(file, name, new Loss(total[0], Map.of()), each, 5e-6);
      close(file, name + ".grad_logit_bias", bias, 5e-6);
    }
  }

  private static void agrees(GoldenFile file, String name, Loss loss, Case each, double slack) {
    double expected = file.floats(name + ".loss")[0];
    assertThat((double) loss.total()).as(name).isCloseTo(expected, within(2e-6 * expected));
    close(file, name + ".grad_image", each.images, slack);
    close(file, name + ".grad_text", each.texts, slack);
    close(file, name + ".grad_logit_scale", each.logScale, slack);
  }

  private static void close(GoldenFile file, String name, NDArray leaf, double slack) {
    float[] expected = file.floats(name);
    float[] found = leaf.getGradient().toFloatArray();
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) found[i])
          .as(name + " " + i)
          .isCloseTo(expected[i], within(slack + 1e-5 * Math.abs(expected[i])));
    }
  }

  private NDArray leaf(NDArray values) {
    NDArray leaf = Ops.inference(() -> Ops.get().copy(scope, values));
    leaf.setRequiresGradient(true);
    return leaf;
  }
}
