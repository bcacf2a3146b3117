package dev.facet.loader.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SplitNamesTest {
  @Test
  void onlyNamesThatMeanASplitNameOne() {
    assertThat(split("test-00000-of-00004.parquet")).isEqualTo("test");
    assertThat(split("validation-00003-of-00004-0a1b2c.parquet")).isEqualTo("validation");
    assertThat(split("held_out-00012.parquet")).isEqualTo("held_out");
    assertThat(split("test.parquet")).isEqualTo("test");
    assertThat(split("HumanCaption-10M.parquet")).isEqualTo("train");
    assertThat(split("FaceCaptionHQ-4M-lists.parquet")).isEqualTo("train");
    assertThat(split("Embedding_10.parquet")).isEqualTo("train");
  }

  private static String split(String name) {
    return SplitIndex.byName(Path.of("data", name));
  }
}
