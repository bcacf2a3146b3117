package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.cli.console.Console;
import dev.facet.cli.console.Terminal;
import dev.facet.cli.request.ExportFormat;
import dev.facet.cli.request.ExportRequest;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.checkpoint.ModelDirectory;
import dev.facet.model.checkpoint.OpenClipDirectory;
import dev.facet.model.clip.ModelPreset;
import dev.facet.model.ops.Precision;
import dev.facet.model.pictures.Preprocessing;
import dev.facet.model.pictures.Resizing;
import dev.facet.model.text.TokenizerFiles;
import dev.facet.model.weights.TensorType;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code facet export} on a model of random weights. */
class ExportTest {
  private static final Preprocessing PICTURES =
      new Preprocessing(
          16,
          List.of(0.5, 0.4, 0.3),
          List.of(0.2, 0.3, 0.4),
          new Resizing(true, Resizing.BILINEAR));

  @TempDir Path folder;
  private Path checkpoint;
  private SmallRun facet;

  @BeforeEach
  void checkpoint() throws IOException {
    facet = new SmallRun(folder);
    checkpoint = Files.createDirectory(folder.resolve("checkpoint"));
    try (DualEncoder model =
        DualEncoder.random(
            ModelPreset.TINY.config(16, 8, 6, 40, 38, 39),
            ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32))) {
      ModelDirectory.write(model, checkpoint);
    }
    Files.writeString(checkpoint.resolve(Preprocessing.FILE), PICTURES.toJson());
    Files.writeString(checkpoint.resolve(TokenizerFiles.TOKENIZER), "{}");
  }

  @Test
  void weightsBetweenTheStartAndTheCheckpointAreTheirWeightedMean() throws IOException {
    Path start = Files.createDirectory(folder.resolve("start"));
    ModelOptions plain = ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32);
    try (DualEncoder model =
        DualEncoder.random(
            ModelPreset.TINY.config(16, 8, 6, 40, 38, 39),
            new ModelOptions(DeviceChoice.CPU, Precision.FLOAT32, null, false, 0, 7))) {
      ModelDirectory.write(model, start);
    }
    assertThat(facet.facet(blend("0.25", folder.resolve("none")))).isEqualTo(2);
    assertThat(facet.err()).contains("what it was trained from", "--start");
    Files.writeString(
        checkpoint.resolve("config.yaml"), "data:\n  root: a\nmodel:\n  init: " + start + "\n");
    Path between = folder.resolve("between");
    assertThat(facet.facet(blend("0.25", between))).as(facet.err()).isZero();
    try (DualEncoder from = ModelDirectory.open(start, plain);
        DualEncoder to = ModelDirectory.open(checkpoint, plain);
        DualEncoder found = ModelDirectory.open(between, plain)) {
      for (String name : found.weights().keySet()) {
        float[] a = values(from, name);
        float[] b = values(to, name);
        float[] mean = values(found, name);
        for (int i = 0; i < mean.length; i++) {
          assertThat((double) mean[i]).isCloseTo(0.75 * a[i] + 0.25 * b[i], within(1e-6));
        }
      }
    }
    Path end = folder.resolve("end");
    assertThat(facet.facet(blend("1", end))).as(facet.err()).isZero();
    assertThat(end.resolve(ModelDirectory.WEIGHTS))
        .hasSameBinaryContentAs(checkpoint.resolve(ModelDirectory.WEIGHTS));
    assertThat(facet.facet(blend("1.5", folder.resolve("none")))).isEqualTo(2);
    Files.writeString(checkpoint.resolve("config.yaml"), "data:\n  root: a\n");
    assertThat(facet.facet(blend("0.5", folder.resolve("none")))).isEqualTo(2);
    assertThat(facet.err()).contains("started from random weights");
  }

  private String[] blend(String share, Path out) {
    return new String[] {
      "export",
      "--checkpoint",
      checkpoint.toString(),
      "--to",
      "huggingface",
      "--out",
      out.toString(),
      "--blend",
      share
    };
  }

  @Test
  void openClipAndBackIsTheSameFolder() throws IOException {
    Path theirs = folder.resolve("theirs");
    Path again = folder.resolve("again");
    assertThat(export(checkpoint, "open_clip", theirs)).as(facet.err()).isZero();
    assertThat(export(theirs, "huggingface", again)).as(facet.err()).isZero();
    for (String name :
        List.of(
            ModelDirectory.CONFIG,
            ModelDirectory.WEIGHTS,
            TokenizerFiles.TOKENIZER,
            Preprocessing.FILE)) {
      assertThat(again.resolve(name)).hasSameBinaryContentAs(checkpoint.resolve(name));
    }
    assertThat(facet.out())
        .contains(theirs + "  open_clip_config.json, open_clip_model.safetensors, tokenizer.json");
  }

  @Test
  void openClipIsToldHowThePicturesAreWanted() throws IOException {
    Path theirs = folder.resolve("theirs");
    export(checkpoint, "open_clip", theirs);
    assertThat(
            Json.LINE
                .readTree(theirs.resolve("open_clip_config.json").toFile())
                .path("preprocess_cfg")
                .toString())
        .isEqualTo(
            "{\"mean\":[0.5,0.4,0.3],\"std\":[0.2,0.3,0.4],"
                + "\"interpolation\":\"bilinear\",\"resize_mode\":\"squash\"}");
  }

  @Test
  void halfPrecisionHalvesTheFile() throws IOException {
    assertThat(export(checkpoint, "huggingface", folder.resolve("half"), "--dtype", "bfloat16"))
        .isZero();
    assertThat(Files.size(folder.resolve("half").resolve(ModelDirectory.WEIGHTS)))
        .isLessThan(Files.size(checkpoint.resolve(ModelDirectory.WEIGHTS)) * 6 / 10);
    assertThat(folder.resolve("half").resolve(ModelDirectory.CONFIG))
        .content()
        .contains("\"torch_dtype\" : \"bfloat16\"");
  }

  @Test
  void torchScriptEncodersComeWithTheirTokenizer() {
    Path out = folder.resolve("out");
    assertThat(export(checkpoint, "torchscript", out)).as(facet.err()).isZero();
    assertThat(facet.out())
        .contains(
            "encoders.json, image_encoder.pt, text_encoder.pt, tokenizer.json,"
                + " tokenizer_config.json");
  }

  @Test
  void aFailureLeavesNothingBehind() throws IOException {
    Files.delete(checkpoint.resolve(ModelDirectory.WEIGHTS));
    assertThat(export(checkpoint, "open_clip", folder.resolve("out"))).isNotZero();
    assertThat(facet.err()).contains(ModelDirectory.WEIGHTS);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactlyInAnyOrder(checkpoint, facet.config());
    }
  }

  @Test
  void aFullDiskNamesTheFolderAndLeavesNothingThere() throws IOException {
    Configuration small = Configuration.unix().toBuilder().setMaxSize(20_000).build();
    try (FileSystem disk = Jimfs.newFileSystem(small)) {
      Path out = disk.getPath("/exports/out");
      Console console =
          new Console(
              new PrintWriter(Writer.nullWriter()),
              new PrintWriter(Writer.nullWriter()),
              Terminal.detect());
      ExportRequest request =
          new ExportRequest(checkpoint, ExportFormat.HUGGINGFACE, out, TensorType.F32, null, null);
      assertThatThrownBy(() -> ExportWork.run(request, console))
          .isInstanceOf(FacetException.class)
          .hasMessageContaining("cannot write the export --out /exports/out: ")
          .hasMessageContaining("out of disk space; nothing was left there");
      try (Stream<Path> left = Files.list(disk.getPath("/exports"))) {
        assertThat(left).isEmpty();
      }
    }
  }

  @Test
  void theFolderBehindALinkIsFilled() throws IOException {
    Path real = Files.createDirectories(folder.resolve("disk/real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    assertThat(export(checkpoint, "huggingface", link)).as(facet.err()).isZero();
    assertThat(link).isSymbolicLink();
    assertThat(real.resolve(ModelDirectory.WEIGHTS)).exists();
  }

  @Test
  void aMissingTokenizerIsTold() throws IOException {
    Files.delete(checkpoint.resolve(TokenizerFiles.TOKENIZER));
    Path out = folder.resolve("out");
    assertThat(export(checkpoint, "open_clip", out)).isZero();
    assertThat(facet.err()).contains("has no tokenizer");
    assertThat(out.resolve(OpenClipDirectory.WEIGHTS)).exists();
    assertThat(out.resolve("open_clip_config.json")).content().doesNotContain("hf_tokenizer_name");
  }

  private int export(Path from, String to, Path out, String... more) {
    return facet.facet(
        Stream.concat(
                Stream.of(
                    "export", "--checkpoint", from.toString(), "--to", to, "--out", out.toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static float[] values(DualEncoder model, String weight) {
    return Objects.requireNonNull(model.weights().get(weight)).toFloatArray();
  }
}
