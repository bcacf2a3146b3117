package dev.facet.model.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SourceTest {
  private static final List<Class<?>> CALLERS =
      List.of(Ops.class, TrainingOps.class, SiglipOps.class, FlipOps.class, PartOps.class);

  @Test
  void everyFunctionIsCalledFromJavaOrByAnother() throws IOException {
    Set<String> called = new HashSet<>();
    Source.get().functions().forEach(each -> called.addAll(each.called()));
    StringBuilder constants = new StringBuilder();
    for (Class<?> caller : CALLERS) {
      try (InputStream in = caller.getResourceAsStream(caller.getSimpleName() + ".class")) {
        constants.append(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
      }
    }
    // A string in a class file: a tag of one, its length in two bytes, its bytes.
    assertThat(Source.get().functions())
        .extracting(Function::name)
        .allMatch(
            name ->
                called.contains(name)
                    || constants.indexOf("\1\0" + (char) name.length() + name) >= 0);
  }

  @Test
  void namesOfTorchAndConstantsAreTranslated() {
    assertThat(Source.get().function("mlp").method("T"))
        .contains("1.702")
        .contains("(self).linear(x, fc1")
        .doesNotContain("SLOPE", "Activation");
    assertThat(Source.get().function("linear").lines())
        .containsExactly("    return torch.linear(x.to(dtype), weight.to(dtype), bias.to(dtype))");
  }

  @Test
  void listsOfWeightsHaveTheNamesThatTheirFunctionGivesThem() {
    assertThat(Source.get().function("feed_forward").parameters().get(1).elements())
        .containsExactly("fc1", "fc1_bias", "fc2", "fc2_bias", "norm", "norm_bias");
    assertThat(Source.get().function("adapted_block").parameters().get(1).elements()).hasSize(16);
    assertThat(Source.get().function("block").parameters().get(1).elements()).hasSize(16);
  }

  @Test
  void aListOfAnotherLengthIsRefusedBeforeAnythingIsComputed() {
    try (NDManager scope = NDManager.newBaseManager("PyTorch")) {
      NDArray x = scope.zeros(new ai.djl.ndarray.types.Shape(1, 1, 2));
      List<NDArray> weights = Collections.nCopies(15, x);
      Ops.BlockShape shape = new Ops.BlockShape(1, false, Activation.GELU, 1e-5, Precision.FLOAT32);
      assertThatThrownBy(() -> Ops.get().block(x, weights, shape))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("block")
          .hasMessageContaining("list of 15");
    }
  }

  @Test
  void anArgumentOfAnotherKindIsRefusedBeforeAnythingIsComputed() {
    Function function = Source.get().function("clamp");
    assertThatThrownBy(() -> function.check(1, 2., 3.))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("clamp[x: Tensor, low: float, high: float]")
        .hasMessageContaining("Integer");
  }
}
