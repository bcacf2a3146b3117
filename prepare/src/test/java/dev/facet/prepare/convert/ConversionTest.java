package dev.facet.prepare.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.base.Sha256;
import dev.facet.loader.Datasets;
import dev.facet.loader.data.CaptionField;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.EncodedImage;
import dev.facet.loader.data.Fields;
import dev.facet.loader.data.Holdout;
import dev.facet.loader.data.Preset;
import dev.facet.loader.data.Row;
import dev.facet.prepare.synth.Synth;
import dev.facet.prepare.synth.SynthSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConversionTest {
  private static final int ROWS = 12;

  /** Samples of a file. */
  private static final int FILE = 5;

  @TempDir Path folder;
  private Path shards;

  @BeforeEach
  void draw() throws IOException {
    shards = folder.resolve("shards");
    Synth.write(new SynthSettings(shards, ROWS, 1, 0.25, 1, "test"), done -> {});
  }

  @Test
  void conversationsGiveTheSameRows() throws Exception {
    Path out = folder.resolve("llava");
    ConversionCounts counts = convert(out, Conversion.Form.LLAVA);
    assertThat(counts.samples()).isEqualTo(ROWS);
    assertThat(rows(DataSource.of(out, Preset.LLAVA))).isEqualTo(rows(DataSource.of(shards)));
  }

  @Test
  void tarsGiveTheSameRowsWithAllCaptions() throws Exception {
    Path out = folder.resolve("tars");
    convert(out, Conversion.Form.WEBDATASET);
    DataSource usual = DataSource.of(out, Preset.WEBDATASET);
    Fields fields = usual.fields();
    DataSource all =
        new DataSource(
            out,
            usual.format(),
            null,
            new Fields(
                fields.image(),
                List.of(new CaptionField("captions", 1)),
                fields.id(),
                fields.box(),
                fields.split(),
                fields.source()),
            0,
            1);
    assertThat(rows(all)).isEqualTo(rows(DataSource.of(shards)));
  }

  @Test
  void theSameDataIsTheSameTar() throws Exception {
    convert(folder.resolve("one"), Conversion.Form.WEBDATASET);
    convert(folder.resolve("two"), Conversion.Form.WEBDATASET);
    assertThat(folder.resolve("one/test/00000.tar"))
        .hasSameBinaryContentAs(folder.resolve("two/test/00000.tar"));
  }

  @Test
  void aConversionThatWasKilledEndsAsOneThatWasNot() throws Exception {
    for (Conversion.Form form : Conversion.Form.values()) {
      Path undisturbed = folder.resolve("whole-" + form);
      List<Integer> killed = List.of(1, 4, 5, 9, ROWS);
      ConversionCounts counts =
          convert(
              undisturbed,
              form,
              done -> {
                if (killed.contains((int) done)) {
                  copy(UnfinishedFolder.of(undisturbed), unfinished(form, (int) done));
                }
              });
      for (int rows : killed) {
        Path out = folder.resolve("killed-" + form + rows);
        List<Long> seen = new ArrayList<>();
        assertThat(convert(out, form, seen::add)).isEqualTo(counts);
        assertThat(content(out)).isEqualTo(content(undisturbed));
        assertThat(UnfinishedFolder.of(out)).doesNotExist();
        assertThat(seen.size()).as("rows done again").isLessThan(ROWS - rows + FILE + 1);
      }
    }
  }

  @Test
  void whatAnotherConversionLeftIsNotGoneOnWith() throws Exception {
    Path out = folder.resolve("llava");
    Conversion.run(
        request(out, Conversion.Form.LLAVA, "Who?"),
        done -> {
          if (done == ROWS) {
            copy(UnfinishedFolder.of(out), unfinished(Conversion.Form.LLAVA, 0));
          }
        });
    Path other = folder.resolve("killed-LLAVA0");
    convert(other, Conversion.Form.LLAVA);
    assertThat(other.resolve("train.json"))
        .content()
        .contains("Describe it.")
        .doesNotContain("Who?");
  }

  private Path unfinished(Conversion.Form form, int rows) {
    return UnfinishedFolder.of(folder.resolve("killed-" + form + rows));
  }

  /** What a process that was killed now would leave. */
  private static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> content(Path out) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        content.put(out.relativize(file).toString(), Sha256.hex(Files.readAllBytes(file)));
      }
    }
    return content;
  }

  @Test
  void anOccupiedFolderIsRefusedAndLeftAlone() throws Exception {
    Path out = Files.createDirectory(folder.resolve("full"));
    Files.writeString(out.resolve("mine"), "text");
    assertThatThrownBy(() -> convert(out, Conversion.Form.LLAVA))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("exists already");
    assertThat(out.resolve("mine")).hasContent("text");
  }

  private ConversionCounts convert(Path out, Conversion.Form form) throws IOException {
    return convert(out, form, done -> {});
  }

  private ConversionCounts convert(Path out, Conversion.Form form, LongConsumer progress)
      throws IOException {
    return Conversion.run(request(out, form, "Describe it."), progress);
  }

  private Conversion.Request request(Path out, Conversion.Form form, String prompt) {
    return new Conversion.Request(DataSource.of(shards), out, form, FILE, prompt);
  }

  /** Split, captions and the hash of the picture, by id. */
  private static Map<String, String> rows(DataSource source) throws Exception {
    Map<String, String> rows = new TreeMap<>();
    for (String split : Datasets.splits(source).keySet()) {
      try (Dataset data = Datasets.open(source, split)) {
        for (int chunk = 0; chunk < data.chunkCount(); chunk++) {
          try (Chunk open = data.open(chunk)) {
            for (int i = 0; i < data.rowCount(chunk); i++) {
              Row row = open.row(i);
              EncodedImage image = row.image();
              rows.put(row.id(), split + row.captions() + Holdout.hash(image));
            }
          }
        }
      }
    }
    return rows;
  }
}
