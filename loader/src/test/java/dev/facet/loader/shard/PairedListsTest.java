package dev.facet.loader.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Row;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.example.data.Group;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Structures of two lists, which nothing in the format keeps equally long. */
class PairedListsTest {
  private static final String TEXTS =
      "optional group %s (LIST) { repeated group list { optional binary element (STRING); } }";

  private static final String COLUMNS =
      ForeignFile.PICTURE
          + "required group talk { "
          + String.format(Locale.ROOT, TEXTS, "from")
          + String.format(Locale.ROOT, TEXTS, "value")
          + "} required group labels { "
          + String.format(Locale.ROOT, TEXTS, "key")
          + String.format(Locale.ROOT, TEXTS, "value")
          + "}";

  @TempDir Path dir;

  @Test
  void aRowWithListsOfUnequalLengthIsRefusedAndSparesTheRowsAfterIt() throws Exception {
    DataSource source =
        source(
            row(List.of("human", "gpt"), List.of("?", "zero"), List.of("k"), List.of("0")),
            row(List.of("gpt"), List.of("?", "one", "more"), List.of("k"), List.of("1")),
            row(List.of("human", "gpt"), List.of("?", "two"), List.of("k", "l"), List.of("2")),
            row(List.of("gpt", "gpt", "gpt"), List.of("three"), List.of(), List.of()),
            row(List.of("gpt", "human"), List.of("four", "?"), List.of("k"), List.of("4")));
    try (ShardDataset dataset = ShardDataset.open(source, "train");
        Chunk chunk = dataset.open(0)) {
      assertRefused(chunk, 1, "speakers and texts");
      assertRefused(chunk, 2, "keys and values");
      assertRefused(chunk, 3, "speakers and texts");
      assertThat(chunk.row(0).captions()).containsExactly("zero");
      assertThat(chunk.row(4).captions()).containsExactly("four");
      assertThat(chunk.row(4).labels()).isEqualTo(Map.of("k", "4"));
      assertThat(dataset.captions(0))
          .containsExactly(List.of("zero"), List.of("two"), List.of("four"));
    }
  }

  private static void assertRefused(Chunk chunk, int number, String what) {
    assertThatThrownBy(() -> chunk.read(number, new Row()))
        .isInstanceOf(BadSampleException.class)
        .hasMessageContainingAll(what, "paired.parquet#" + number)
        .extracting(e -> ((BadSampleException) e).reason())
        .isEqualTo(Reason.READ_ERROR);
  }

  @SafeVarargs
  private DataSource source(Consumer<Group>... rows) throws Exception {
    return ForeignFile.source(
        new ForeignFile(dir.resolve("paired.parquet"), COLUMNS).write(rows), "talk");
  }

  private static Consumer<Group> row(
      List<String> from, List<String> value, List<String> keys, List<String> values) {
    return row -> {
      ForeignFile.picture(row);
      Group talk = row.addGroup("talk");
      fill(talk.addGroup("from"), from);
      fill(talk.addGroup("value"), value);
      Group labels = row.addGroup("labels");
      fill(labels.addGroup("key"), keys);
      fill(labels.addGroup("value"), values);
    };
  }

  private static void fill(Group list, List<String> texts) {
    texts.forEach(text -> list.addGroup("list").add("element", text));
  }
}
