package dev.facet.loader.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.augment.Augmentation;
import dev.facet.augment.Augmenter;
import dev.facet.augment.memory.Pixels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The binding reads its settings once per process, so each way into it gets one of its own. */
class BindingSettingsTest {
  @ParameterizedTest
  @ValueSource(strings = {"decoder", "augmenter", "pixels"})
  void theBindingNeverCollectsGarbageWhicheverClassComesFirst(String first) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Fresh.class.getName(),
                first)
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(printed.strip()).isEqualTo("0");
  }

  /** Touches one class and prints the memory limit above which the binding calls the collector. */
  static final class Fresh {
    private Fresh() {}

    @SuppressWarnings("SystemOut") // the answer to the process that started this one
    public static void main(String[] arguments) {
      switch (arguments[0]) {
        case "decoder" -> new PictureDecoder(DecodeSettings.DEFAULT).close();
        case "augmenter" -> {
          List<Double> ones = List.of(1.0, 1.0, 1.0);
          new Augmenter(Augmentation.evaluation(0), 8, ones, ones).close();
        }
        default -> {
          Pixels _ = new Pixels();
        }
      }
      System.out.println(Pointer.maxPhysicalBytes());
    }
  }
}
