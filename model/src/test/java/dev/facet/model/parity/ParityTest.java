package dev.facet.model.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.model.DeviceChoice;
import dev.facet.model.ModelOptions;
import dev.facet.model.ops.Precision;
import dev.facet.model.weights.TensorType;
import dev.facet.model.weights.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tiny random models against numbers made with the original programs in float32: openai/CLIP
 * (commit d05afc4), the same with exact GELU, and open_clip's SigLIP.
 */
class ParityTest {
  private static final ModelOptions FLOAT32 =
      ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32);

  @ParameterizedTest
  @ValueSource(strings = {"clip-tiny", "clip-tiny-gelu", "siglip-tiny"})
  void outputsLossAndEveryGradientAgreeWithTheOriginal(String name) throws IOException {
    Parity parity = run(name, FLOAT32, Tolerance.FLOAT32);
    assertThat(parity.compared()).hasSizeGreaterThan(40).allMatch(Agreement::passes);
    assertThat(parity.compared())
        .extracting(Agreement::name)
        .contains("image_features_norm", "text_features_norm", "loss", "grad.logit_scale");
    assertThat(parity.passedOver())
        .isSubsetOf(
            "input_ids_eos_padded", "hidden.text.final_layer_norm", "hidden.vision.0_pre_layrnorm");
  }

  @Test
  void flipsOutputsAndItsTrainingStepAgreeWithTheAuthorsCode() throws IOException {
    Parity parity = run("flip-tiny", FLOAT32, Tolerance.FLOAT32);
    assertThat(parity.compared()).hasSizeGreaterThan(80).allMatch(Agreement::passes);
    assertThat(parity.compared())
        .extracting(Agreement::name)
        .contains(
            "image_embeds",
            "itm_logits_matched",
            "train.loss_ita",
            "train.loss_itm",
            "grad.temp",
            "train.after.image_queue");
  }

  @ParameterizedTest
  @ValueSource(strings = {"clip-tiny", "clip-tiny-gelu", "siglip-tiny"})
  void gradientCheckpointingAgreesToo(String name) throws IOException {
    ModelOptions options = new ModelOptions(DeviceChoice.CPU, Precision.FLOAT32, null, true, 0, 0);
    assertThat(run(name, options, Tolerance.FLOAT32).passes()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"clip-tiny", "clip-tiny-gelu", "siglip-tiny"})
  void bfloat16FeaturesStayWithinAHundredth(String name) throws IOException {
    ModelOptions options = ModelOptions.plain(DeviceChoice.CPU, Precision.BFLOAT16);
    assertThat(run(name, options, new Tolerance(1e-2, 1e-2)).compared())
        .filteredOn(each -> each.name().endsWith("_features_norm"))
        .hasSize(2)
        .allMatch(Agreement::passes)
        .allMatch(each -> each.difference() > 1e-6);
  }

  @Test
  void aDifferencePastTheToleranceIsFound() throws IOException {
    assertThat(run("clip-tiny", FLOAT32, new Tolerance(1e-12, 1e-4)).passes()).isFalse();
    float[] gradient = {0, 2};
    assertThat(Tolerance.FLOAT32.gradient("", new float[] {0, 2.0001f}, gradient).passes())
        .isTrue();
    assertThat(Tolerance.FLOAT32.gradient("", new float[] {0, 2.0003f}, gradient).passes())
        .isFalse();
    assertThat(Tolerance.FLOAT32.output("", new float[] {Float.NaN, 2}, gradient).passes())
        .isFalse();
  }

  @Test
  void numbersOfAnotherModelAreRefusedByName() {
    assertThatThrownBy(
            () ->
                Parity.run(
                    folder("clip-tiny"),
                    folder("clip-tiny-gelu").resolve("io.safetensors"),
                    FLOAT32,
                    Tolerance.FLOAT32,
                    _ -> {}))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("pixel_values is F32 (6, 3, 24, 24)")
        .hasMessageContaining("(N, 3, 32, 32)");
  }

  @Test
  void anIdBeyondTheVocabularyIsRefusedBeforeTheModelReadsIt(@TempDir Path temporary)
      throws IOException {
    refused(temporary, new long[] {126, 128, 0, 0}, 2, 1, "not 128");
  }

  @Test
  void asManyCaptionsAsPicturesAreWanted(@TempDir Path temporary) throws IOException {
    refused(temporary, new long[] {126, 127}, 1, 1, "input_ids is I64 (1, 2), expected I64 ids");
  }

  @Test
  void anInfiniteReferenceIsRefused(@TempDir Path temporary) throws IOException {
    float infinite = Float.POSITIVE_INFINITY;
    refused(temporary, new long[] {126, 127, 126, 127}, 2, infinite, "loss holds Infinity");
  }

  private static void refused(
      Path temporary, long[] tokens, long captions, float loss, String reason) throws IOException {
    Path file = temporary.resolve("io.safetensors");
    ByteBuffer ids = ByteBuffer.allocate(8 * tokens.length).order(ByteOrder.LITTLE_ENDIAN);
    ids.asLongBuffer().put(tokens);
    ByteBuffer scalar = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, loss);
    new SafetensorsWriter()
        .add("input_ids", TensorType.I64, new long[] {captions, 2}, () -> ids)
        .add("loss", TensorType.F32, new long[0], () -> scalar)
        .add(
            "pixel_values",
            TensorType.F32,
            new long[] {2, 3, 32, 32},
            () -> ByteBuffer.allocate(2 * 3 * 32 * 32 * 4))
        .write(file);
    assertThatThrownBy(
            () -> Parity.run(folder("clip-tiny"), file, FLOAT32, Tolerance.FLOAT32, _ -> {}))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining(reason);
  }

  private static Parity run(String name, ModelOptions options, Tolerance tolerance)
      throws IOException {
    Path folder = folder(name);
    return Parity.run(folder, folder.resolve("io.safetensors"), options, tolerance, _ -> {});
  }

  private static Path folder(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(ParityTest.class.getResource("../" + name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(name, e);
    }
  }
}
