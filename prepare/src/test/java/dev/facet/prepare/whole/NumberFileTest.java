package dev.facet.prepare.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NumberFileTest {
  private static final long[] NUMBERS =
      LongStream.range(0, 20_000).map(i -> i * 0x9e3779b97f4a7c15L).toArray();

  @TempDir private Path folder;

  @Test
  void numbersComeBackAsOftenAsTheyAreWanted() throws IOException {
    NumberFile file = written();
    assertThat(file.all()).isEqualTo(NUMBERS);
    assertThat(file.all()).isEqualTo(NUMBERS);
  }

  @Test
  void aFileThatLostItsEndIsNoticed() throws IOException {
    NumberFile file = written();
    try (FileChannel channel =
        FileChannel.open(folder.resolve("numbers"), StandardOpenOption.WRITE)) {
      channel.truncate(8L * NUMBERS.length - 3);
    }
    assertThatThrownBy(file::all).isInstanceOf(IOException.class).hasMessageContaining("shorter");
  }

  @Test
  void photosAreArrangedByTheirLowestRows() throws IOException {
    NumberFile ordinals = written("ordinals", 70, 5, 1L << 40, 6);
    PhotoOrder order = PhotoOrder.of(ordinals);
    long[] arranged = new long[5];
    order.arrange(ordinals, arranged, 1);
    assertThat(arranged).containsExactly(0, 5, 6, 70, 1L << 40);
    assertThat(order.place(0)).isEqualTo(2);
  }

  private NumberFile written() throws IOException {
    return written("numbers", NUMBERS);
  }

  private NumberFile written(String name, long... numbers) throws IOException {
    try (NumberFile file = new NumberFile(folder.resolve(name))) {
      for (long number : numbers) {
        file.add(number);
      }
      return file;
    }
  }
}
