package dev.facet.loader.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.facet.augment.Pixels;
import dev.facet.loader.BadSampleException;
import dev.facet.loader.Pictures;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.Test;

/** Files that break readers, with what a correct reader sees; where that collection is present. */
class AwkwardFilesTest {
  private static final Path KIT = Path.of("../../shared/kit/awkward");

  /** Where another answer than the collection's is right for us, and why. */
  private static final Set<String> EXCEPTIONS =
      Set.of(
          "raw-profile-exif-orientation.png", // Exif hidden in a text chunk is not looked for
          "xmp-orientation.png", // nor is XMP
          "grey16-trns.png", // ImageIO looks for the transparent value in 8 bits: 4.5, not 0.35
          "text-bomb.png", // its pixels are fine; the text is never unpacked
          "broken-stream.png", // Pillow delivers what precedes the damage
          "unknown-compression.png"); // only its colour profile is broken, which is not used

  @Test
  void sizesAndColoursAreThoseOfACorrectReader() throws Exception {
    assumeTrue(Files.isDirectory(KIT));
    List<String> problems = new ArrayList<>();
    List<String> lines = Files.readAllLines(KIT.resolve("expected.csv"));
    List<String> names = fields(lines.getFirst());
    try (PictureDecoder decoder = new PictureDecoder(DecodeSettings.DEFAULT)) {
      for (String line : lines.subList(1, lines.size())) {
        List<String> row = fields(line);
        String file = row.get(0);
        String format = row.get(names.indexOf("true_format"));
        boolean readable =
            row.get(names.indexOf("pillow_readable")).equals("yes")
                && !Set.of("avif", "tiff").contains(format);
        if (EXCEPTIONS.contains(file)) {
          continue;
        }
        String got = describe(decoder, Files.readAllBytes(KIT.resolve(file)));
        String want =
            readable
                ? "%sx%s"
                    .formatted(row.get(names.indexOf("width")), row.get(names.indexOf("height")))
                : "bad";
        if (!got.startsWith(want)) {
          problems.add(file + ": expected " + want + ", got " + got);
        } else if (readable) {
          String[] levels = got.split(" ", -1);
          for (int c = 0; c < 3; c++) {
            double mean =
                Double.parseDouble(row.get(names.indexOf("mean_" + "rgb".charAt(c) + "_no_icc")));
            if (Math.abs(mean - Double.parseDouble(levels[c + 1])) > 1.5) {
              problems.add(file + ": expected mean " + mean + ", got " + got);
            }
          }
        }
      }
    }
    assertThat(problems).isEmpty();
  }

  private static String describe(PictureDecoder decoder, byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      ImageHeader header = decoder.inspect(Pictures.view(buffer));
      Pixels pixels = decoder.decode(Pictures.view(buffer), header, 1);
      try (Mat mat = pixels.mat();
          Scalar mean = opencv_core.mean(mat)) {
        return "%dx%d %.2f %.2f %.2f"
            .formatted(
                header.shownWidth(), header.shownHeight(), mean.get(0), mean.get(1), mean.get(2));
      }
    } catch (BadSampleException e) {
      return "bad: " + e.reason() + " " + e.getMessage();
    }
  }

  /** Splits a CSV line, minding quotes. */
  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
