package dev.facet.loader.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.facet.augment.geometry.Box;
import dev.facet.base.SampleRandom;
import dev.facet.loader.data.BadSampleException.Reason;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowTest {
  private final Row row = new Row();

  @Test
  void textsComeBackAsTheyWereWritten() {
    row.id("é");
    row.source("a source");
    row.caption("one", 1);
    row.label("hair", "red");
    row.caption("zwölf \uD83D\uDE00", 2);
    assertThat(row.id()).isEqualTo("é");
    assertThat(row.source()).isEqualTo("a source");
    assertThat(row.captions()).containsExactly("one", "zwölf \uD83D\uDE00");
    assertThat(row.labels()).isEqualTo(Map.of("hair", "red"));
  }

  @Test
  void moreAndLongerTextsThanThereWasRoomForFit() {
    String text = "x".repeat(700);
    for (int i = 0; i < 40; i++) {
      row.caption(text + i, 1);
    }
    assertThat(row.captionCount()).isEqualTo(40);
    assertThat(row.caption(39)).isEqualTo(text + 39);
  }

  @Test
  void anUnnamedRowIsCalledByItsPlace() {
    row.place("shard.parquet", 7);
    assertThat(row.id()).isEqualTo("shard.parquet#7");
    assertThat(row.source()).isEqualTo("shard.parquet#7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n", "\u2003"})
  void blankCaptionsAreNoCaptions(String blank) {
    row.caption(blank, 1);
    row.image().at(MemorySegment.ofArray(new byte[1]), 0, 1);
    assertRefused(Reason.NO_CAPTION);
    row.caption("a face", 1);
    assertThat(row.captions()).containsExactly("a face");
  }

  @Test
  void whatARowLacksIsNamed() {
    row.caption("a face", 1);
    assertRefused(Reason.NO_IMAGE);
    row.image().at(MemorySegment.ofArray(new byte[4]), 4, 0);
    assertRefused(Reason.EMPTY);
    row.image().at(MemorySegment.ofArray(new byte[4]), 0, 4);
    row.box(1, 2, Double.NaN, 4);
    assertRefused(Reason.BAD_BOX);
    row.clear();
    row.caption("a face", 1);
    row.image().at(MemorySegment.ofArray(new byte[4]), 0, 4);
    row.badBox("left of the nose");
    assertThatThrownBy(row::check).hasMessageContaining("left of the nose");
  }

  @Test
  void clearingForgetsEverything() {
    row.id("old");
    row.caption("old", 1);
    row.box(1, 2, 3, 4);
    row.image().at(MemorySegment.ofArray(new byte[4]), 0, 4);
    row.clear();
    assertThat(row.id()).isEqualTo("#0");
    assertThat(row.captionCount()).isZero();
    assertThat(row.box()).isNull();
    assertThat(row.image().isSet()).isFalse();
  }

  @Test
  void captionsAreDrawnInProportionToTheirWeights() {
    row.caption("once", 1);
    row.caption("a", 1);
    row.caption("b", 1);
    row.shareWeight(1, 3);
    SampleRandom random = new SampleRandom();
    int[] drawn = new int[3];
    for (int i = 0; i < 40_000; i++) {
      random.reset(1, 1, i);
      drawn[row.draw(random)]++;
    }
    assertThat(drawn[0]).isBetween(9_700, 10_300);
    assertThat(drawn[1]).isBetween(14_600, 15_400);
  }

  @Test
  void theBoxIsARecordToo() {
    row.box(1, 2, 3, 4);
    assertThat(row.faceBox()).isEqualTo(new Box(1, 2, 3, 4));
  }

  @Test
  void fillingARowAgainAllocatesNothing() throws Exception {
    MemorySegment text =
        MemorySegment.ofArray("a face with a hat".getBytes(StandardCharsets.UTF_8));
    SampleRandom random = new SampleRandom();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    fill(text, random, 20_000);
    long before = threads.getCurrentThreadAllocatedBytes();
    fill(text, random, 20_000);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(20_000);
  }

  private void fill(MemorySegment text, SampleRandom random, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      row.clear();
      row.id(text, 0, 6);
      row.caption(text, 0, 17, 1);
      row.label(text, 0, 1, text, 2, 4);
      row.box(1, 2, 3, 4);
      row.image().at(text, 0, 17);
      row.check();
      random.reset(1, 1, i);
      row.speaksOfSides(row.draw(random));
    }
  }

  private void assertRefused(Reason reason) {
    assertThatThrownBy(row::check)
        .isInstanceOfSatisfying(
            BadSampleException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
