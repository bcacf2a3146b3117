package dev.facet.loader.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.loader.Pictures;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What libraries in C print about a picture belongs to the picture, and to no terminal. */
class NativeRemarksTest {
  /** Bytes that belong to nothing stand before the end marker. */
  private static byte[] remarkable() {
    byte[] jpeg = Pictures.jpeg(Pictures.busy(40, 30, 1));
    return ByteBuffer.allocate(jpeg.length + 40)
        .put(jpeg, 0, jpeg.length - 2)
        .put(new byte[40])
        .put(jpeg, jpeg.length - 2, 2)
        .array();
  }

  @Test
  void aRemarkBelongsToItsPictureAndToNoOther() {
    DecodeSettings settings = Seen.settings(0, false);
    DecodeReport report = DecodeReport.of(remarkable(), settings);
    assertThat(report.reason()).isNull();
    assertThat(report.remark()).contains("Corrupt JPEG data").contains("extraneous bytes");
    byte[] sound = Pictures.jpeg(Pictures.busy(40, 30, 1));
    assertThat(DecodeReport.of(sound, settings).remark()).isNull();
  }

  @Test
  void nothingOfItIsPrinted() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Decoding.class.getName())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(printed.strip()).isEqualTo("decoded");
    assertThat(process.waitFor()).isZero();
  }

  /** Decodes such a picture in a process of its own, and prints one word. */
  static final class Decoding {
    private Decoding() {}

    @SuppressWarnings("SystemOut") // the answer to the process that started this one
    public static void main(String[] arguments) {
      if (DecodeReport.of(remarkable(), Seen.settings(0, false)).reason() == null) {
        System.out.println("decoded");
      }
    }
  }
}
