package dev.facet.model.weights;

import dev.facet.base.FacetException;
import dev.facet.model.tensors.WeightFiles;
import dev.facet.model.weights.safetensors.SafetensorsWriter;
import dev.facet.model.weights.torch.TorchFileTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files end in the declared exceptions, or are read to the last byte. */
class WeightsFuzzTest {
  private static final int ROUNDS = 800;

  @TempDir Path folder;

  @Test
  void aDamagedSafetensorsFileOnlyEndsInDeclaredExceptions() throws IOException {
    Path good = folder.resolve("good.safetensors");
    new SafetensorsWriter()
        .metadata("format", "pt")
        .add("w", TensorType.F32, new long[] {2, 2}, () -> ByteBuffer.allocate(16))
        .add("b", TensorType.BF16, new long[] {3}, () -> ByteBuffer.allocate(6))
        .write(good);
    mutate(good);
  }

  @Test
  void aDamagedCheckpointOnlyEndsInDeclaredExceptions() throws IOException {
    mutate(TorchFileTest.checkpoint(folder.resolve("good.pth")));
  }

  private void mutate(Path good) throws IOException {
    byte[] whole = Files.readAllBytes(good);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    Path file = folder.resolve("bad");
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bad = whole.clone();
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        int at = random.nextInt(bad.length);
        switch (random.nextInt(3)) {
          case 0 -> bad[at] = (byte) random.nextInt(256);
          case 1 -> bad[at] ^= (byte) (1 << random.nextInt(8));
          default -> {
            int from = random.nextInt(bad.length);
            int length = Math.min(random.nextInt(16), bad.length - Math.max(at, from));
            System.arraycopy(whole, from, bad, at, length);
          }
        }
      }
      Files.write(file, bad);
      try (Weights weights = WeightFiles.openFile(file)) {
        for (TensorEntry tensor : weights.tensors().values()) {
          if (tensor.type().isFloat()) {
            tensor.floats();
          }
        }
      } catch (FacetException | IOException expected) {
        // Declared.
      }
    }
  }
}
