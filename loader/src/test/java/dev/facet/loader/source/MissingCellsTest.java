package dev.facet.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.Format;
import dev.facet.loader.source.Lists.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs write into an empty cell is no value. */
class MissingCellsTest {
  @TempDir Path dir;

  @Test
  void ofEveryColumnButLabels() throws Exception {
    Path folder = dir.resolve("data");
    Lists.write(folder.resolve("a.jpg"), "p");
    Lists.write(
        folder.resolve("x.csv"),
        """
        image,caption,text,box,split,id,label
        a.jpg,nan,None,,,,
        a.jpg,nan,a face,nan,None,null,none
        NaN,c,,,,,
        a.jpg,none of them smiles,,,,,
        """);
    try (IndexedDataset data = Lists.open(folder, Format.CSV, "train");
        Chunk chunk = data.open(0)) {
      assertThat(Lists.rows(data))
          .extracting(Outcome::id, Outcome::captions, Outcome::reason)
          .containsExactly(
              tuple("x.csv#2", List.of(), Reason.NO_CAPTION),
              tuple("x.csv#3", List.of("a face"), null),
              tuple("x.csv#4", List.of("c"), Reason.NO_IMAGE),
              tuple("x.csv#5", List.of("none of them smiles"), null));
      assertThat(chunk.row(1).box()).isNull();
      assertThat(chunk.row(1).labels()).containsEntry("label", "none");
    }
  }

  @Test
  void ofListsAndTextsBesidePictures() throws Exception {
    Path folder = dir.resolve("data");
    Lists.write(folder.resolve("a.jpg"), "p");
    Lists.write(folder.resolve("a.txt"), "nan\na face\n");
    Lists.write(folder.resolve("b.jpg"), "p");
    Lists.write(folder.resolve("b.json"), "{\"captions\": [\"None\", \"null\"]}");
    try (IndexedDataset data = Lists.open(folder, Format.SIDECAR, "train")) {
      assertThat(Lists.rows(data))
          .extracting(Outcome::captions, Outcome::reason)
          .containsExactly(tuple(List.of("a face"), null), tuple(List.of(), Reason.NO_CAPTION));
    }
  }
}
