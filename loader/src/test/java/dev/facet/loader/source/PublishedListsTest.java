package dev.facet.loader.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Fields;
import dev.facet.loader.data.Format;
import dev.facet.loader.data.Preset;
import dev.facet.loader.data.Row;
import dev.facet.loader.decode.DecodeSettings;
import dev.facet.loader.decode.PictureDecoder;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The miniature copies of published data sets give the numbers that come with them. */
@Tag("kit")
class PublishedListsTest {
  private static final Path KIT =
      Path.of(System.getProperty("facet.shared", "../../shared"), "kit");
  private static final Path PUBLISHED = KIT.resolve("published");

  @TempDir Path cache;
  private int withPicture;
  private int usable;
  private long rows;

  @Test
  void webdataset() throws Exception {
    Path folder = PUBLISHED.resolve("webdataset");
    IndexedDataset data =
        read(folder, DataLayout.of(DataSource.of(folder)), Preset.FACET, null, "train");
    assertThat(data.notes()).singleElement().asString().contains("00002.tar");
    assertThat(rows).isEqualTo(227 + 1); // what a cut tar lost counts as one
    assertThat(withPicture).isEqualTo(227 - 2);
    assertThat(usable).isEqualTo(227 - 3);
  }

  @Test
  void faceCaption1M() throws Exception {
    Path folder = PUBLISHED.resolve("facecaption-1m");
    read(folder, DataLayout.of(DataSource.of(folder)), Preset.FACECAPTION_1M, null, "train");
    assertThat(rows).isEqualTo(300);
    assertThat(usable).isEqualTo(281);
  }

  @Test
  void flip() throws Exception {
    Path nested = PUBLISHED.resolve("flip-json/nested");
    Path images = KIT.resolve("faces/images");
    read(nested, Format.JSON, Preset.FLIP, images, "train");
    assertThat(rows).isEqualTo(200);
    read(nested, Format.JSON, Preset.FLIP, images, "test");
    assertThat(rows).isEqualTo(260);
    Fields fields = Preset.FLIP.fields();
    Path flat = PUBLISHED.resolve("flip-json/flat");
    Path oneMillion = PUBLISHED.resolve("facecaption-1m/images");
    read(new DataSource(flat, Format.JSON, oneMillion, fields, 0, 1), Format.JSON, "train");
    assertThat(rows).isEqualTo(320);
    assertThat(usable).isEqualTo(316);
  }

  @Test
  void llava() throws Exception {
    Path folder = PUBLISHED.resolve("llava-json");
    read(
        folder,
        DataLayout.of(DataSource.of(folder)),
        Preset.LLAVA,
        KIT.resolve("faces/images"),
        "train");
    assertThat(rows).isEqualTo(220);
    assertThat(usable).isEqualTo(214);
  }

  private IndexedDataset read(
      Path folder, Format format, Preset preset, @Nullable Path images, String split)
      throws Exception {
    return read(
        new DataSource(folder, format, images, preset.fields(), preset.dropPrefix(), 1),
        format,
        split);
  }

  private IndexedDataset read(DataSource source, Format format, String split) throws Exception {
    try (IndexedDataset data = IndexedDataset.open(source, format, split, cache);
        PictureDecoder decoder = new PictureDecoder(DecodeSettings.DEFAULT)) {
      rows += data.size();
      Row row = new Row();
      for (int c = 0; c < data.chunkCount(); c++) {
        try (Chunk chunk = data.open(c)) {
          for (int i = 0; i < data.rowCount(c); i++) {
            count(chunk, i, row, decoder);
          }
        }
      }
      return data;
    }
  }

  private void count(Chunk chunk, int index, Row row, PictureDecoder decoder) throws Exception {
    try {
      chunk.read(index, row);
      withPicture += row.image().length() > 0 ? 1 : 0;
      decoder.decode(row.image(), decoder.inspect(row.image()), 1);
      usable += List.copyOf(row.captions()).isEmpty() ? 0 : 1;
    } catch (BadSampleException e) {
      // What the numbers leave out.
    }
  }
}
