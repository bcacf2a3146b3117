package dev.facet.loader.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.augment.Augmentation;
import dev.facet.augment.operation.FaceBox;
import dev.facet.loader.Batch;
import dev.facet.loader.Loader;
import dev.facet.loader.LoaderSettings;
import dev.facet.loader.Pictures;
import dev.facet.loader.Position;
import dev.facet.loader.ReadSettings;
import dev.facet.loader.TextEncoder;
import dev.facet.loader.parquet.BlockPool;
import dev.facet.loader.picture.ImageSettings;
import dev.facet.loader.quarantine.Quarantine;
import dev.facet.loader.shard.writing.ShardRow;
import dev.facet.loader.shard.writing.ShardWriter;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Row groups in memory stay within the bytes that the loader was given. */
class WindowMemoryTest {
  private static final int ROWS = 120;
  private static final int PER_GROUP = 6;
  private static final int WINDOW = 8;
  private static final int OPENERS = 3;

  private static final List<byte[]> PICTURES = new ArrayList<>();

  private static final TextEncoder NO_TEXT =
      new TextEncoder() {
        @Override
        public int contextLength() {
          return 0;
        }

        @Override
        public void encode(String caption, LongBuffer ids) {}
      };

  @TempDir Path dir;

  /** Of different sizes, some 50 KB. */
  @BeforeAll
  static void draw() {
    for (int i = 0; i < PER_GROUP; i++) {
      PICTURES.add(Pictures.jpeg(Pictures.busy(250 + 20 * i, 250, i)));
    }
  }

  private Path shards() throws IOException {
    Path folder = dir.resolve("shards");
    try (ShardWriter writer =
        new ShardWriter(
            folder, new ShardWriter.Settings(PER_GROUP, ROWS / 2, "facet test", Map.of()))) {
      for (int i = 0; i < ROWS; i++) {
        writer.write(
            new ShardRow(
                "id-" + i,
                PICTURES.get(i % PER_GROUP),
                List.of("caption " + i),
                null,
                250,
                250,
                Map.of(),
                "drawn",
                null,
                "train"));
      }
      writer.commit();
    }
    return folder;
  }

  /** The most memory that two epochs take. */
  private static long read(ShardDataset data, long windowBytes) throws InterruptedException {
    LoaderSettings settings =
        new LoaderSettings(
            10,
            2,
            7,
            LoaderSettings.Share.ALL,
            true,
            false,
            new ReadSettings(2, 2, WINDOW, windowBytes, OPENERS, 0.0),
            1);
    ImageSettings images =
        new ImageSettings(
            16,
            Augmentation.training(List.of(new FaceBox(0.2))),
            ImageSettings.CLIP_MEAN,
            ImageSettings.CLIP_STD);
    int rows = 0;
    try (Loader loader =
        Loader.start(data, settings, images, NO_TEXT, Quarantine.none(), Position.START)) {
      for (Batch next = loader.next(); next != null; next = loader.next()) {
        try (Batch batch = next) {
          rows += batch.size();
        }
      }
    }
    assertThat(rows).isEqualTo(2 * ROWS);
    return data.mostHeld();
  }

  @ParameterizedTest
  @EnumSource(Listing.class)
  void rowGroupsInMemoryStayWithinTheirBytes(Listing listing) throws Exception {
    Path folder = shards();
    if (listing == Listing.BY_FOOTERS) {
      Files.delete(folder.resolve(Manifest.NAME));
    }
    long few;
    try (ShardDataset data = ShardDataset.open(folder, "train")) {
      few = 4 * data.bytes(0) + data.bytes(0) / 2;
      assertThat(read(data, few)).isBetween(1L, few);
    }
    try (ShardDataset data = ShardDataset.open(folder, "train")) {
      assertThat(read(data, 1L << 40)).isGreaterThan(few); // so it was the bytes that kept it small
    }
  }

  /** What says how large the row groups are. */
  enum Listing {
    BY_MANIFEST,
    BY_FOOTERS
  }

  @Test
  void packedRowGroupsCountUnpacked() throws Exception {
    Path folder = Files.createDirectories(dir.resolve("packed"));
    List<Consumer<Group>> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      byte[] picture = PICTURES.get(i % PER_GROUP);
      String caption = "caption " + i;
      rows.add(
          row ->
              row.append("image", Binary.fromConstantByteArray(picture))
                  .append("caption", caption));
    }
    new ForeignFile(
            folder.resolve("train.parquet"),
            "required binary image; required binary caption (UTF8);")
        .packedBy(CompressionCodecName.SNAPPY)
        .with(builder -> builder.withRowGroupRowCountLimit(PER_GROUP))
        .write(rows);
    long pictures = PICTURES.stream().mapToLong(picture -> picture.length).sum();
    try (ShardDataset data = ShardDataset.open(folder, "train")) {
      long one = data.bytes(0);
      assertThat(one).isBetween(pictures, BlockPool.most(2 * pictures));
      // Each opener reads the packed bytes before they are unpacked.
      assertThat(read(data, 4 * one)).isBetween(one, (4 + OPENERS) * one);
    }
  }
}
