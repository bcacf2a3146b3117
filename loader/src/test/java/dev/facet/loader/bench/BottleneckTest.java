package dev.facet.loader.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.augment.Augmentation;
import dev.facet.augment.resample.Interpolation;
import dev.facet.augment.resample.ResizeMode;
import dev.facet.loader.decode.DecodeSettings;
import dev.facet.loader.picture.BoxSpace;
import dev.facet.loader.picture.ImageSettings;
import dev.facet.loader.picture.PictureInput;
import dev.facet.loader.picture.VectorSettings;
import dev.facet.loader.stats.MadeUpStats;
import dev.facet.loader.stats.Stage;
import org.junit.jupiter.api.Test;

class BottleneckTest {
  private static final PictureInput PICTURES =
      ImageSettings.plain(
          64,
          Augmentation.evaluation(null, ResizeMode.SHORTEST, Interpolation.BICUBIC),
          DecodeSettings.DEFAULT,
          BoxSpace.DISPLAYED);

  @Test
  void workersThatWaitForMemoryPointToTheConsumerAndWhatTheLoaderCouldDo() {
    MadeUpStats stats =
        working(500, 0.1, 0.5, 0.4).with(Stage.WAIT_SLOT, 20, 75).with(Stage.WAIT_BATCH, 10, 0.001);

    assertThat(Bottleneck.of(PICTURES, stats.stats(), 2, 4, 0.3))
        .startsWith("The consumer is the limit")
        .contains("75%", "about 2,000 images/s instead of 500", "no data setting");
  }

  @Test
  void workersAndConsumerWaitingForEachOtherPointToTheRing() {
    MadeUpStats stats =
        working(500, 0.1, 0.5, 0.4).with(Stage.WAIT_SLOT, 10, 100).with(Stage.WAIT_BATCH, 10, 40);

    assertThat(Bottleneck.of(PICTURES, stats.stats(), 2, 4, 0.3))
        .startsWith("The ring is too small")
        .contains("raise data.slots");
  }

  @Test
  void threadsAsleepInReadsPointToStorage() {
    MadeUpStats stats = working(200, 9, 0.5, 0.4).with(Stage.WAIT_BATCH, 10, 99);

    assertThat(Bottleneck.of(PICTURES, stats.stats(), 2, 4, 0.05))
        .startsWith("Storage is the limit")
        .contains(
            "90% of their time", "95% of the processor was idle", "raise data.threads (now 2)");
  }

  @Test
  void readsThatLeaveCoresIdleCountBeforeALargerDecode() {
    MadeUpStats stats = working(200, 4, 5, 0.4).with(Stage.WAIT_BATCH, 10, 99);

    assertThat(Bottleneck.of(PICTURES, stats.stats(), 2, 2, 0.55))
        .startsWith("Storage is the limit");
    assertThat(Bottleneck.of(PICTURES, stats.stats(), 2, 2, 0.95))
        .startsWith("Decoding is the limit");
  }

  @Test
  void readsThatKeepTheProcessorBusyPointToTheFormat() {
    MadeUpStats stats = working(200, 9, 0.5, 0.4).with(Stage.WAIT_BATCH, 10, 99);

    assertThat(Bottleneck.of(PICTURES, stats.stats(), 2, 2, 0.97))
        .startsWith("Reading is the limit")
        .contains("pack the pictures into shards or uncompressed tars");
  }

  @Test
  void workersThatWaitForChunksPointToTheirOpening() {
    MadeUpStats stats =
        working(200, 0.1, 0.5, 0.4)
            .with(Stage.WAIT_CHUNKS, 16, 110)
            .with(Stage.OPEN, 8, 120)
            .with(Stage.WAIT_BATCH, 10, 99);

    assertThat(Bottleneck.of(PICTURES, stats.stats(), 2, 4, 0.3))
        .startsWith("Opening chunks is the limit")
        .contains("88%", "data.openers");
  }

  @Test
  void decodingAsksForThreadsWhileCoresAreIdleAndElseForSmallerPictures() {
    MadeUpStats stats = working(1000, 0.05, 0.8, 0.1).with(Stage.WAIT_BATCH, 10, 99);

    assertThat(Bottleneck.of(PICTURES, stats.stats(), 1, 4, 0.26))
        .startsWith("Decoding is the limit: 80%")
        .contains("raise data.threads from 1 to 4");
    assertThat(Bottleneck.of(PICTURES, stats.stats(), 1, 1, 0.98))
        .contains("store smaller pictures", "libturbojpeg 3")
        .doesNotContain("raise data.threads");
  }

  @Test
  void coresThatOtherProgramsHoldAreNotTakenForIdleOnes() {
    MadeUpStats stats = working(1000, 0.05, 0.8, 0.1).with(Stage.WAIT_BATCH, 10, 99);

    assertThat(Bottleneck.of(PICTURES, stats.stats(), 1, 4, 0.08))
        .startsWith("Decoding is the limit")
        .contains("other programs hold the cores (this process got 8% of 4)")
        .doesNotContain("data.threads");
  }

  @Test
  void transformAndTextAreNamedWithTheirSettings() {
    MadeUpStats transform = working(1000, 0.05, 0.2, 0.7).with(Stage.WAIT_BATCH, 10, 99);
    assertThat(Bottleneck.of(PICTURES, transform.stats(), 1, 1, 0.98))
        .startsWith("Cropping and varying is the limit")
        .contains("augment");
    assertThat(Bottleneck.of(new VectorSettings(8, true), transform.stats(), 1, 1, 0.98))
        .startsWith("Scaling vectors is the limit")
        .contains("model.vectors.normalise")
        .doesNotContain("augment");

    MadeUpStats text =
        working(1000, 0.05, 0.2, 0.1).with(Stage.TEXT, 1000, 0.6).with(Stage.WAIT_BATCH, 10, 99);
    assertThat(Bottleneck.of(PICTURES, text.stats(), 1, 1, 0.98))
        .startsWith("Encoding captions is the limit")
        .contains("model.context_length");
  }

  @Test
  void anEmptyMeasurementIsSaidToBeOne() {
    assertThat(Bottleneck.of(PICTURES, new MadeUpStats(0).stats(), 2, 2, 0))
        .startsWith("No sample was made");
  }

  private static MadeUpStats working(int samples, double read, double decode, double transform) {
    return new MadeUpStats(samples)
        .with(Stage.READ, samples, read)
        .with(Stage.DECODE, samples, decode)
        .with(Stage.TRANSFORM, samples, transform)
        .with(Stage.TEXT, samples, 0.001);
  }
}
