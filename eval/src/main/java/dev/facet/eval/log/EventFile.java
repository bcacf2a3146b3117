package dev.facet.eval.log;

import dev.facet.eval.retrieval.Direction;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * A TensorBoard event file with scalars, pictures and histograms, written without TensorFlow.
 *
 * <p>The file is a sequence of TFRecords (TensorFlow guide "TFRecord and tf.train.Example", section
 * "TFRecords format details"): length as 8 bytes, its masked CRC-32C, the message, its masked
 * CRC-32C, all little-endian. A message is a protocol buffer {@code Event} ({@code
 * tensorboard/compat/proto/event.proto}: wall_time = 1, step = 2, file_version = 3, summary = 5,
 * session_log = 7) with a {@code Summary} of values ({@code summary.proto}: value = 1; in it tag =
 * 1, simple_value = 2).
 *
 * <p>A resumed run opens a new file that begins with a {@code SessionLog} of status START: readers
 * then drop what earlier files hold from that step on.
 */
final class EventFile implements AutoCloseable {

  private final OutputStream out;

  private EventFile(OutputStream out) {
    this.out = out;
  }

  /**
   * Creates the next event file of a run.
   *
   * @param resumedStep steps already done; later ones in earlier files are void
   */
  static EventFile create(Path runDir, long resumedStep) throws IOException {
    Instant now = Instant.now();
    // Readers take files in the order of their names, which start with the time in seconds.
    Path file;
    int copy = 0;
    do {
      file =
          runDir.resolve(
              String.format(
                  Locale.ROOT, "events.out.tfevents.%010d.facet.%d", now.getEpochSecond(), copy++));
    } while (Files.exists(file));
    EventFile events =
        new EventFile(
            new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)));
    events.write(event(now, 0).text(3, "brain.Event:2"));
    events.write(event(now, resumedStep + 1).message(7, new Message().varint(1, 1)));
    return events;
  }

  void append(RunLine line) throws IOException {
    Message summary = new Message();
    switch (line) {
      case StepLine s -> {
        scalar(summary, "train/loss", s.loss());
        scalar(summary, "train/lr", (float) s.lr());
        scalar(summary, "train/logit_scale", s.logitScale());
        scalar(summary, "train/grad_norm", s.gradNorm());
        scalar(summary, "train/images_per_second", (float) s.imagesPerSecond());
        scalar(summary, "train/data_wait", (float) s.dataWait());
        scalar(summary, "train/skipped", (float) s.skipped());
        StepTime parts = s.parts();
        if (parts != null) {
          scalar(summary, "time/wait_ms", (float) parts.waitMs());
          scalar(summary, "time/copy_ms", (float) parts.copyMs());
          scalar(summary, "time/forward_ms", (float) parts.forwardMs());
          scalar(summary, "time/backward_ms", (float) parts.backwardMs());
          scalar(summary, "time/update_ms", (float) parts.updateMs());
        }
      }
      case EvalLine e -> {
        String prefix = e.set().isEmpty() ? "eval/" : "eval/" + e.set() + "/";
        direction(summary, prefix + "i2t_", e.imageToText());
        direction(summary, prefix + "t2i_", e.textToImage());
        if (!Float.isNaN(e.loss())) {
          scalar(summary, prefix + "loss", e.loss());
        }
      }
      case LoaderLine l -> {
        scalar(summary, "loader/bytes_per_second", (float) l.bytesPerSecond());
        scalar(summary, "loader/ring_occupancy", (float) l.ringOccupancy());
        l.stages()
            .forEach(
                (stage, took) -> {
                  scalar(summary, "loader/" + stage + "_p50_ms", (float) took.p50Ms());
                  scalar(summary, "loader/" + stage + "_p95_ms", (float) took.p95Ms());
                });
      }
      case StartLine _, EndLine _ -> {
        return; // nothing to draw
      }
    }
    write(event(line.time(), line.step()).message(5, summary));
  }

  /** Appends a picture: tag = 1, image = 4 with height, width, colours and the PNG. */
  void append(String tag, long step, int width, int height, byte[] png) throws IOException {
    Message image = new Message().varint(1, height).varint(2, width).varint(3, 3).bytes(4, png);
    value(step, new Message().text(1, tag).message(4, image));
  }

  /** Appends a histogram: tag = 1, histo = 5 with sums, limits and counts. */
  void append(String tag, long step, Distribution values) throws IOException {
    Message histogram =
        new Message()
            .float64(1, values.min())
            .float64(2, values.max())
            .float64(3, values.count())
            .float64(4, values.sum())
            .float64(5, values.sumOfSquares())
            .doubles(6, values.limits())
            .doubles(7, values.counts());
    value(step, new Message().text(1, tag).message(5, histogram));
  }

  private void value(long step, Message value) throws IOException {
    write(event(Instant.now(), step).message(5, new Message().message(1, value)));
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private static void direction(Message summary, String prefix, Direction d) {
    scalar(summary, prefix + "r1", (float) d.r1());
    scalar(summary, prefix + "r5", (float) d.r5());
    scalar(summary, prefix + "r10", (float) d.r10());
    scalar(summary, prefix + "median_rank", (float) d.medianRank());
    scalar(summary, prefix + "mrr", (float) d.mrr());
  }

  /** A figure that there is none of is left out. */
  private static void scalar(Message summary, String tag, float value) {
    if (Float.isFinite(value)) {
      summary.message(1, new Message().text(1, tag).float32(2, value));
    }
  }

  private static Message event(Instant time, long step) {
    double seconds = time.getEpochSecond() + time.getNano() / 1e9;
    return new Message().float64(1, seconds).varint(2, step);
  }

  private void write(Message event) throws IOException {
    byte[] data = event.bytes();
    byte[] length = little(8).putLong(data.length).array();
    out.write(length);
    out.write(little(4).putInt(maskedCrc(length)).array());
    out.write(data);
    out.write(little(4).putInt(maskedCrc(data)).array());
    out.flush();
  }

  /** The CRC rotated and offset, since a CRC over data that holds CRCs is weak. */
  private static int maskedCrc(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
