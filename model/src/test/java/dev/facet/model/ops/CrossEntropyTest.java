package dev.facet.model.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.facet.model.GoldenFile;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What no numbers of pairs come to, but the formula has to serve; see losses/README.md. */
class CrossEntropyTest {
  private static final int N = 24;

  @Test
  void aMaskNeedNotBeSymmetricAndMayLeaveNoNegative() throws IOException {
    try (GoldenFile golden = new GoldenFile(GoldenFile.resource("losses/losses.safetensors"));
        NDManager scope = NDManager.newBaseManager("PyTorch")) {
      NDArray images = golden.array(scope, "image_features");
      NDArray texts = golden.array(scope, "text_features");
      NDArray logScale = golden.array(scope, "logit_scale");
      NDArray own = scope.eye(N).toType(DataType.BOOLEAN, false);
      byte[] bytes = new byte[N * N];
      Objects.requireNonNull(golden.file().find("masked2.mask")).data().asByteBuffer().get(bytes);
      NDArray mask = scope.create(bytes, new Shape(N, N)).toType(DataType.BOOLEAN, false);
      TrainingOps ops = TrainingOps.get();
      double toText = ops.crossEntropy(images, texts, logScale, own, mask, 0).getFloat() / N;
      double toImage =
          ops.crossEntropy(texts, images, logScale, own, mask.transpose(), 0).getFloat() / N;
      near(toText, golden.floats("masked2.loss_i2t")[0]);
      near(toImage, golden.floats("masked2.loss_t2i")[0]);
    }
  }

  @Test
  void thereMayBeMoreAnswersThanQuestions() throws IOException {
    try (GoldenFile golden = new GoldenFile(GoldenFile.resource("losses/losses.safetensors"));
        NDManager scope = NDManager.newBaseManager("PyTorch")) {
      NDArray right = golden.array(scope, "softq.targets").gt(0);
      NDArray none = right.zerosLike();
      TrainingOps ops = TrainingOps.get();
      for (String[] side : new String[][] {{"image", "text", "i2t"}, {"text", "image", "t2i"}}) {
        NDArray own = golden.array(scope, side[0] + "_features");
        NDArray others =
            NDArrays.concat(
                new NDList(
                    golden.array(scope, "softq." + side[1] + "_momentum"),
                    golden.array(scope, "softq." + side[1] + "_queue")));
        NDArray logScale = golden.array(scope, "logit_scale");
        near(
            ops.crossEntropy(own, others, logScale, right, none, 0).getFloat() / N,
            golden.floats("softq.loss_" + side[2])[0]);
      }
    }
  }

  private static void near(double found, double expected) {
    assertThat(found).isCloseTo(expected, within(2e-6 * expected));
  }
}
