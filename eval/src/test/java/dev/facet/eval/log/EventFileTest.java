package dev.facet.eval.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
  private static final LoaderLine.StageTime READ = new LoaderLine.StageTime(1, 2, 3, 4);

  @TempDir Path dir;

  @Test
  void everyRecordIsFramedWithItsLengthAndChecksums() throws IOException {
    List<byte[]> records = new ArrayList<>();
    try (EventFile events = EventFile.create(dir, 0)) {
      events.append(RunLogTest.step(1, 2.5f));
      events.append(RunLogTest.eval(1));
      events.append(new LoaderLine(1, 1, 1, 5, 2, Map.of(), Map.of("read", READ), TIME));
    }
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(only())).order(ByteOrder.LITTLE_ENDIAN);

    while (file.hasRemaining()) {
      int length = (int) file.getLong(file.position());
      assertThat(unmask(file.getInt(file.position() + 8)))
          .isEqualTo(crc(file.array(), file.position(), 8));
      assertThat(unmask(file.getInt(file.position() + 12 + length)))
          .isEqualTo(crc(file.array(), file.position() + 12, length));
      byte[] data = new byte[length];
      file.get(file.position() + 12, data);
      records.add(data);
      file.position(file.position() + 16 + length);
    }

    assertThat(records).hasSize(5);
    assertThat(text(records.get(0))).contains("brain.Event:2");
    assertThat(text(records.get(2))).contains("train/loss", "train/lr", "train/logit_scale");
    // tag = "train/loss" (field 1), simple_value = 2.5f (field 2, little-endian).
    assertThat(HexFormat.of().formatHex(records.get(2)))
        .contains(
            "0a0a"
                + HexFormat.of().formatHex("train/loss".getBytes(StandardCharsets.UTF_8))
                + "1500002040");
    assertThat(text(records.get(3))).contains("eval/val/i2t_r1", "eval/val/t2i_r10");
    assertThat(text(records.get(4))).contains("loader/ring_occupancy", "loader/read_p95_ms");
  }

  /** TensorBoard's own reader gave back the same numbers and pixels (docs/training.md). */
  @Test
  void picturesAndHistogramsStandWhereReadersLookForThem() throws IOException {
    BufferedImage picture = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(2, 1, 0x112233);
    try (RunLog log = RunLog.open(dir, 0)) {
      log.picture("p", 5, picture);
      log.histogram("h", 5, new float[] {-1, 0, Float.NaN, 2, 2});
      log.histogram("none", 5, new float[] {Float.NaN});
    }
    Path events;
    try (var files = Files.newDirectoryStream(dir, "events.*")) {
      events = files.iterator().next();
    }
    String file = HexFormat.of().formatHex(Files.readAllBytes(events));

    // tag = "p"; image = 4 { height = 2, width = 3, colours = 3, PNG }.
    assertThat(file)
        .containsPattern("0a0170" + "22[0-9a-f]{2,4}" + "0802" + "1003" + "1803" + "22");
    // tag = "h"; histo = 5 { min = -1, max = 2, num = 4, sum = 3, squares = 9, 30 limits, ... }.
    assertThat(file)
        .contains("09000000000000f0bf" + "110000000000000040" + "190000000000001040")
        .contains("210000000000000840" + "290000000000002240" + "32f001");
    assertThat(file).doesNotContain("6e6f6e65");
    Distribution spread =
        Objects.requireNonNull(Distribution.of(new float[] {-1, 0, 2, 2}), "finite numbers");
    assertThat(spread.limits()).hasSize(30).last().isEqualTo(2.0);
    assertThat(spread.counts().getFirst()).isEqualTo(1);
    assertThat(spread.counts().getLast()).isEqualTo(2);
  }

  @Test
  void aResumedRunTellsReadersFromWhichStepEarlierFilesAreVoid() throws IOException {
    EventFile.create(dir, 300).close();

    // step = 301 (field 2, varint), session_log (field 7) with status START = 1 (field 1).
    assertThat(HexFormat.of().formatHex(Files.readAllBytes(only())))
        .contains("10ad02" + "3a020801");
  }

  @Test
  void aSecondStartInTheSameSecondGetsItsOwnFile() throws IOException {
    EventFile.create(dir, 0).close();
    EventFile.create(dir, 0).close();

    try (var files = Files.list(dir)) {
      assertThat(files.count()).isEqualTo(2);
    }
  }

  private Path only() throws IOException {
    try (var files = Files.list(dir)) {
      return files.toList().getFirst();
    }
  }

  private static int crc(byte[] data, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(data, from, length);
    return (int) crc.getValue();
  }

  private static int unmask(int masked) {
    return Integer.rotateRight(masked - 0xa282ead8, 17);
  }

  private static String text(byte[] data) {
    return new String(data, StandardCharsets.ISO_8859_1);
  }
}
