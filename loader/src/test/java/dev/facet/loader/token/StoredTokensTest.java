package dev.facet.loader.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.loader.TextEncoder;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.Dataset;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredTokensTest {
  private static final int CONTEXT = 8;

  @TempDir Path folder;

  /** A caption's letters as ids, filled up with 7s or cut; counts how often it was asked. */
  private static final class Letters implements TextEncoder {
    final AtomicInteger asked = new AtomicInteger();

    @Override
    public int contextLength() {
      return CONTEXT;
    }

    @Override
    public void encode(String caption, LongBuffer ids) {
      asked.incrementAndGet();
      for (int i = 0; i < CONTEXT; i++) {
        ids.put(i < caption.length() ? caption.charAt(i) : 7);
      }
    }
  }

  /** Captions of rows, two rows to a chunk. */
  private record Captions(List<List<String>> rows) implements Dataset {
    @Override
    public String name() {
      return "captions";
    }

    @Override
    public int chunkCount() {
      return (rows.size() + 1) / 2;
    }

    @Override
    public int rowCount(int chunk) {
      return Math.min(2, rows.size() - 2 * chunk);
    }

    @Override
    public Chunk open(int chunk) throws IOException {
      throw new IOException("nobody asks for pictures");
    }

    @Override
    public List<List<String>> captions(int chunk) {
      return rows.subList(2 * chunk, 2 * chunk + rowCount(chunk));
    }

    @Override
    public void close() {}
  }

  private StoredTokens open(Captions data, TextEncoder tokenizer) throws IOException {
    return StoredTokens.of(data, folder, tokenizer, "letters", rows -> {});
  }

  private static List<Long> ids(TextEncoder text, String caption) {
    LongBuffer ids = LongBuffer.allocate(CONTEXT);
    text.encode(caption, ids);
    List<Long> all = new ArrayList<>();
    for (long id : ids.array()) {
      all.add(id);
    }
    return all;
  }

  private static Captions many(int rows) {
    List<List<String>> captions = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      captions.add(List.of("caption " + i, i + "", "ends in the same letterrrrrrr"));
    }
    captions.add(List.of("zzzzzzzzzz", "", "é€🙂"));
    return new Captions(captions);
  }

  @Test
  void idsAreThoseOfTheTokenizerWhichIsNotAskedAgain() throws IOException {
    Letters tokenizer = new Letters();
    Captions data = many(1001);
    try (StoredTokens stored = open(data, tokenizer)) {
      int made = tokenizer.asked.get();
      for (String caption : data.rows.stream().flatMap(List::stream).toList()) {
        assertThat(ids(stored, caption)).isEqualTo(ids(new Letters(), caption));
      }
      assertThat(tokenizer.asked).hasValue(made);
      assertThat(stored.captions()).isEqualTo(2 * 1001 + 1 + 3);
    }
  }

  @Test
  void theFileIsMadeOnce() throws IOException {
    open(many(10), new Letters()).close();
    Letters later = new Letters();
    try (StoredTokens stored = open(many(10), later)) {
      assertThat(ids(stored, "caption 3")).startsWith((long) 'c', (long) 'a');
      assertThat(later.asked).hasValue(0);
    }
  }

  @Test
  void aCaptionThatWasChangedGoesToTheTokenizer() throws IOException {
    try (StoredTokens stored = open(many(10), new Letters())) {
      assertThat(ids(stored, "Caption 3")).isEqualTo(ids(new Letters(), "Caption 3"));
    }
  }

  @Test
  void rowsThatCameAreMadeToo() throws IOException {
    open(many(10), new Letters()).close();
    Letters later = new Letters();
    try (StoredTokens stored = open(many(12), later)) {
      int made = later.asked.get();
      assertThat(ids(stored, "caption 11")).isEqualTo(ids(new Letters(), "caption 11"));
      assertThat(later.asked).hasValue(made);
    }
  }

  @Test
  void aFileThatWasCutIsMadeAnew() throws IOException {
    open(many(10), new Letters()).close();
    Path file = only(folder);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    try (StoredTokens stored = open(many(10), new Letters())) {
      assertThat(ids(stored, "caption 3")).isEqualTo(ids(new Letters(), "caption 3"));
    }
    assertThat(only(folder)).hasBinaryContent(whole);
  }

  /** Nothing is left over beside it. */
  private static Path only(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.getFirst();
    }
  }
}
