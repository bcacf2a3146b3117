package dev.facet.loader.shard;

import dev.facet.augment.geometry.Box;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.RowCopy;
import dev.facet.loader.shard.writing.ShardRow;
import dev.facet.loader.shard.writing.ShardWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small shard folders with rows that can be told apart. */
final class ShardFixture {
  private ShardFixture() {}

  static ShardRow row(int i, String split) {
    byte[] image = new byte[100 + i % 37];
    new Random(i).nextBytes(image);
    return new ShardRow(
        "id-" + i,
        image,
        i % 2 == 0 ? List.of("caption " + i) : List.of("caption " + i, "é second, with a comma"),
        i % 3 == 0 ? null : new Box(i, 0.5, i + 10, 20),
        64,
        48,
        i % 4 == 0 ? Map.of() : Map.of("hair", "red", "age", "" + i),
        "made in a test",
        null,
        split);
  }

  /** Writes rows 0 .. count-1; each tenth is in the test split. */
  static Manifest write(Path folder, int count, int perGroup, int perShard) throws IOException {
    try (ShardWriter writer =
        new ShardWriter(
            folder,
            new ShardWriter.Settings(perGroup, perShard, "facet test", Map.of("seed", "7")))) {
      for (int i = 0; i < count; i++) {
        writer.write(row(i, i % 10 == 9 ? "test" : "train"));
      }
      return writer.commit();
    }
  }

  /** Every row, its image copied out of the chunk. */
  static List<RowCopy> rows(Dataset dataset) throws Exception {
    List<RowCopy> rows = new ArrayList<>();
    for (int c = 0; c < dataset.chunkCount(); c++) {
      try (Chunk chunk = dataset.open(c)) {
        for (int r = 0; r < dataset.rowCount(c); r++) {
          rows.add(RowCopy.of(chunk.row(r)));
        }
      }
    }
    return rows;
  }
}
