package dev.facet.prepare.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.augment.geometry.Box;
import dev.facet.base.FacetException;
import dev.facet.loader.Datasets;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Row;
import dev.facet.loader.shard.Manifest;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.util.DefaultLocale;

class SynthTest {
  @TempDir Path dir;

  private SynthSettings settings(String name, int count, long seed, int threads) {
    return new SynthSettings(dir.resolve(name), count, seed, 0.1, threads, "facet synth");
  }

  @Test
  void theSameSeedGivesTheSameBytesWhateverTheNumberOfThreads() throws Exception {
    Manifest one = Synth.write(settings("one", 150, 7, 1), n -> {});
    Manifest four = Synth.write(settings("four", 150, 7, 4), n -> {});
    assertThat(four).isEqualTo(one);
    for (Manifest.ShardInfo file : one.files()) {
      assertThat(dir.resolve("four").resolve(file.name()))
          .hasSameBinaryContentAs(dir.resolve("one").resolve(file.name()));
    }
  }

  @Test
  @DefaultLocale("ar-EG")
  void idsAndNamesAreWrittenInTheSameDigitsInEveryLanguage() throws Exception {
    Manifest manifest = Synth.write(settings("set", 20, 7, 1), n -> {});
    assertThat(manifest.files())
        .extracting(Manifest.ShardInfo::name)
        .containsExactlyInAnyOrder("test-00000.parquet", "train-00000.parquet");
    try (Dataset dataset = Datasets.open(dir.resolve("set"), "train");
        Chunk chunk = dataset.open(0)) {
      assertThat(chunk.row(0).id()).matches("[ -~]*\\d[ -~]*");
    }
  }

  @Test
  void anotherSeedGivesOtherPictures() throws Exception {
    Set<String> first = captions(7, "a");
    first.retainAll(captions(8, "b"));
    assertThat(first).isEmpty();
  }

  @Test
  void theTestShareIsExactAndTheManifestSaysWhereThePicturesComeFrom() throws Exception {
    AtomicLong last = new AtomicLong();
    Manifest manifest = Synth.write(settings("set", 70, 7, 2), last::set);
    assertThat(last).hasValue(70);
    assertThat(manifest.rows()).containsEntry("test", 7L).containsEntry("train", 63L);
    assertThat(manifest.provenance())
        .containsEntry("generator", "facet synth")
        .containsEntry("seed", "7")
        .containsEntry("count", "70");
  }

  @Test
  void everyRowHasAPictureWithItsBoxInsideCaptionsAndLabels() throws Exception {
    Synth.write(settings("set", 40, 7, 2), n -> {});
    try (Dataset dataset = Datasets.open(dir.resolve("set"), "train");
        Chunk chunk = dataset.open(0)) {
      for (int i = 0; i < dataset.rowCount(0); i++) {
        Row row = chunk.row(i);
        byte[] jpeg = new byte[row.image().length()];
        row.image().asByteBuffer().get(jpeg);
        BufferedImage picture =
            Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(jpeg)));
        assertThat(picture.getWidth()).isBetween(96, 224);
        assertThat(picture.getHeight()).isBetween(96, 224);
        Box box = Objects.requireNonNull(row.faceBox());
        assertThat(box.x1()).isPositive();
        assertThat(box.y1()).isPositive();
        assertThat(box.x2()).isLessThan(picture.getWidth());
        assertThat(box.y2()).isLessThan(picture.getHeight());
        assertThat(row.captions()).hasSizeBetween(1, 3);
        assertThat(row.labels()).containsKeys("hair_colour", "background", "clothes", "hat");
      }
    }
  }

  @Test
  void aRunThatIsStoppedLeavesNothing() throws Exception {
    assertThatThrownBy(
            () ->
                Synth.write(
                    settings("stopped", 100, 7, 2),
                    n -> {
                      if (n == 50) {
                        throw new CancellationException("enough");
                      }
                    }))
        .isInstanceOf(CancellationException.class);
    try (Stream<Path> left = Files.list(dir)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void settingsThatMakeNoSenseAreRefusedWithTheirCure() {
    assertThatThrownBy(() -> settings("x", 0, 7, 1))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("at least 1");
    assertThatThrownBy(() -> new SynthSettings(dir, 1, 7, 1.5, 1, "facet synth"))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("between 0 and 1");
    assertThatThrownBy(() -> settings("x", 1, 7, 0))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("threads");
  }

  private Set<String> captions(long seed, String name) throws Exception {
    Synth.write(settings(name, 30, seed, 2), n -> {});
    Set<String> captions = new HashSet<>();
    try (Dataset dataset = Datasets.open(dir.resolve(name), "train");
        Chunk chunk = dataset.open(0)) {
      for (int i = 0; i < dataset.rowCount(0); i++) {
        captions.addAll(chunk.row(i).captions());
      }
    }
    return captions;
  }
}
