package dev.facet.eval.label;

import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Row;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Rows that say something of themselves and cannot be read. */
record Described(List<Map<String, String>> labels) implements Dataset {
  private static final int CHUNK = 3;

  @Override
  public String name() {
    return "faces (test)";
  }

  @Override
  public int chunkCount() {
    return (labels.size() + CHUNK - 1) / CHUNK;
  }

  @Override
  public int rowCount(int chunk) {
    return Math.min(CHUNK, labels.size() - chunk * CHUNK);
  }

  @Override
  public Chunk open(int chunk) {
    throw new AssertionError("nobody needs the pictures");
  }

  @Override
  public void describe(int chunk, Consumer<Row> visitor) {
    Row row = new Row();
    for (int i = 0; i < rowCount(chunk); i++) {
      int number = chunk * CHUNK + i;
      row.clear();
      row.id("id" + number);
      row.source(String.format(Locale.ROOT, "faces/%03d.jpg", number));
      labels.get(number).forEach(row::label);
      visitor.accept(row);
    }
  }

  @Override
  public void close() {}
}
