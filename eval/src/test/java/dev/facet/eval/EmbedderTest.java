package dev.facet.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.augment.Augmentation;
import dev.facet.augment.operation.FaceBox;
import dev.facet.augment.resample.Interpolation;
import dev.facet.augment.resample.ResizeMode;
import dev.facet.eval.retrieval.Embeddings;
import dev.facet.eval.retrieval.Retrieval;
import dev.facet.eval.retrieval.RetrievalResult;
import dev.facet.eval.retrieval.RetrievalSettings;
import dev.facet.eval.retrieval.TieRule;
import dev.facet.loader.Datasets;
import dev.facet.loader.LoaderSettings;
import dev.facet.loader.ReadSettings;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.picture.ImageSettings;
import dev.facet.loader.quarantine.Quarantine;
import dev.facet.model.Architecture;
import dev.facet.model.DeviceChoice;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.clip.ClipConfig;
import dev.facet.model.config.TowerSize;
import dev.facet.model.ops.Precision;
import dev.facet.model.text.BpeTrainer;
import dev.facet.model.text.CaptionCleanup;
import dev.facet.model.text.CaptionTokenizer;
import dev.facet.model.text.TokenizerFiles;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data sets that say the same in several ways get the same figures. */
class EmbedderTest {
  private static final String ONE_LINE_PER_PICTURE =
      """
      {"image": "red.png", "captions": ["a red one", "all red", "as red as can be"]}
      {"image": "green.png", "captions": ["a green one", "all green"]}
      {"image": "blue.png", "captions": ["a blue one", "all blue"]}
      {"image": "grey.png", "captions": ["a grey one"]}
      """;

  private static final String ONE_LINE_PER_CAPTION =
      """
      image,caption
      red.png,a red one
      ./red.png,all red
      red.png,as red as can be
      green.png,a green one
      copies/green.png,all green
      blue.png,a blue one
      blue.png,all blue
      grey.png,a grey one
      """;

  @TempDir Path dir;
  private CaptionTokenizer tokenizer;
  private DualEncoder model;

  @BeforeEach
  void drawAndLearnWords() throws IOException {
    draw("red.png", Color.RED);
    draw("green.png", Color.GREEN);
    draw("blue.png", Color.BLUE);
    draw("grey.png", Color.GRAY);
    Files.createDirectory(dir.resolve("copies"));
    Files.copy(dir.resolve("green.png"), dir.resolve("copies/green.png"));
    Path vocabulary = dir.resolve("tokenizer.json");
    BpeTrainer words = new BpeTrainer();
    words.add("a red green blue grey one");
    words.train(560).write(vocabulary);
    tokenizer = CaptionTokenizer.open(TokenizerFiles.open(vocabulary), 8, CaptionCleanup.WEB);
    int end = tokenizer.endToken();
    TowerSize tower = TowerSize.of(32, 1, 2);
    model = random(new ClipConfig(16, 16, 8, tower, end + 1, 8, end - 1, end, end, tower));
  }

  @AfterEach
  void close() {
    model.close();
    tokenizer.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oneLinePerCaptionGivesTheFiguresOfOneLinePerPicture(boolean shared) throws Exception {
    RetrievalResult lines = score(shared, list("a.csv", ONE_LINE_PER_CAPTION));
    RetrievalResult pictures = score(shared, list("b.jsonl", ONE_LINE_PER_PICTURE));

    assertThat(lines.images()).isEqualTo(4);
    assertThat(lines.captions()).isEqualTo(8);
    assertThat(lines.repeatedImages()).isEqualTo(4);
    assertThat(lines.repeatedCaptions()).isZero();
    assertThat(lines.identicalCaptions()).isZero();
    assertSameFigures(lines, pictures);
    // By chance one of four pictures; of eight captions three, two, two or one are right.
    assertThat(lines.textToImageChance().r1()).isEqualTo(0.25);
    assertThat(lines.imageToTextChance().r1()).isEqualTo(0.25);
  }

  @Test
  void dataThatComesTwiceGivesTheFiguresOfDataThatComesOnce() throws Exception {
    Path list = list("a.csv", ONE_LINE_PER_CAPTION);
    Path again = list("b.jsonl", ONE_LINE_PER_PICTURE);
    RetrievalResult twice = score(true, list, again, list);

    assertThat(twice.images()).isEqualTo(4);
    assertThat(twice.captions()).isEqualTo(8);
    assertThat(twice.repeatedImages()).isEqualTo(4 + 4 + 8);
    assertThat(twice.repeatedCaptions()).isEqualTo(16);
    assertSameFigures(twice, score(true, list));
  }

  @Test
  void captionsOfTheSameTokensAreRightForEachOthersPictures() throws Exception {
    Path list =
        list(
            "a.jsonl",
            """
            {"image": "red.png", "caption": "A  Red &#111;NE"}
            {"image": "green.png", "caption": "a red one"}
            {"image": "blue.png", "caption": "blue blue blue blue blue blue blue blue as the sea"}
            {"image": "grey.png", "caption": "blue blue blue blue blue blue blue blue as the sky"}
            """);
    RetrievalResult result = score(true, list);

    assertThat(result.captions()).isEqualTo(4);
    assertThat(result.identicalCaptions()).isEqualTo(4);
    assertThat(result.imageToTextChance().r1()).isEqualTo(0.5);
  }

  @Test
  void aCaptionThatItsPictureHasAlreadyCountsOnce() throws Exception {
    RetrievalResult result =
        score(
            true,
            list(
                "a.jsonl",
                """
                {"image": "red.png", "captions": ["a red one", "A red one"]}
                {"image": "green.png", "captions": ["a green one"]}
                {"image": "red.png", "captions": ["a  RED  one", "all red"]}
                """));

    assertThat(result.images()).isEqualTo(2);
    assertThat(result.captions()).isEqualTo(3);
    assertThat(result.repeatedImages()).isEqualTo(1);
    assertThat(result.repeatedCaptions()).isEqualTo(2);
    assertThat(result.identicalCaptions()).isZero();
  }

  @Test
  void twoFacesOfOnePhotographAreTwoPictures() throws Exception {
    HeldOut heldOut =
        embed(
            list(
                "a.jsonl",
                """
                {"image": "red.png", "caption": "left", "box": [0, 0, 8, 16]}
                {"image": "red.png", "caption": "right", "box": [8, 0, 16, 16]}
                {"image": "red.png", "caption": "left again", "box": [0, 0, 8, 16]}
                """));

    assertThat(heldOut.images().rows()).isEqualTo(2);
    assertThat(heldOut.pairing().imageOfCaption()).containsExactly(0, 1, 0);
    assertThat(heldOut.rows()).containsExactly(0, 1);
    assertThat(heldOut.texts()).containsExactly("left", "right", "left again");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void severalCopiesOfAModelGiveTheVectorsOfOneToTheBit(int copies) throws Exception {
    // Batches of three: for two copies and three an uneven share of pictures and of captions.
    Path list = list("a.jsonl", ONE_LINE_PER_PICTURE);
    HeldOut alone = embed(list);
    List<DualEncoder> models = new ArrayList<>();
    try {
      for (int copy = 0; copy < copies; copy++) {
        models.add(random(model.config()));
      }
      HeldOut shared = embed(models, list);
      assertThat(all(shared.images())).containsExactly(all(alone.images()));
      assertThat(all(shared.captions())).containsExactly(all(alone.captions()));
      assertThat(shared.texts()).isEqualTo(alone.texts());
    } finally {
      models.forEach(DualEncoder::close);
    }
  }

  private static float[] all(Embeddings embeddings) {
    return embeddings.copyOf(IntStream.range(0, embeddings.rows()).toArray());
  }

  private static void assertSameFigures(RetrievalResult one, RetrievalResult other) {
    assertThat(one.imageToText()).isEqualTo(other.imageToText());
    assertThat(one.textToImage()).isEqualTo(other.textToImage());
    assertThat(one.imageToTextChance()).isEqualTo(other.imageToTextChance());
    assertThat(one.textToImageChance()).isEqualTo(other.textToImageChance());
  }

  private RetrievalResult score(boolean shared, Path... lists) throws Exception {
    HeldOut heldOut = embed(lists);
    return Retrieval.score(
        heldOut.images(),
        heldOut.captions(),
        heldOut.pairing(),
        new RetrievalSettings(TieRule.INDEX, shared, 10, 1));
  }

  private static DualEncoder random(Architecture sizes) {
    return DualEncoder.random(sizes, ModelOptions.plain(DeviceChoice.CPU, Precision.FLOAT32));
  }

  private HeldOut embed(Path... lists) throws Exception {
    return embed(List.of(model), lists);
  }

  private HeldOut embed(List<DualEncoder> models, Path... lists) throws Exception {
    ImageSettings images =
        new ImageSettings(
            16,
            Augmentation.evaluation(new FaceBox(0), ResizeMode.SHORTEST, Interpolation.BICUBIC),
            ImageSettings.CLIP_MEAN,
            ImageSettings.CLIP_STD);
    LoaderSettings loading =
        LoaderSettings.inOrder(3, 5, new ReadSettings(2, 2, 2, 1L << 30, 0, 0));
    List<DataSource> sources = List.of(lists).stream().map(DataSource::of).toList();
    try (Dataset dataset = Datasets.open(sources, "train")) {
      return Embedder.embed(
          models, tokenizer, dataset, loading, images, Quarantine.none(), done -> {}, null);
    }
  }

  private Path list(String name, String lines) throws IOException {
    return Files.writeString(dir.resolve(name), lines);
  }

  private void draw(String name, Color colour) throws IOException {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(colour);
    graphics.fillOval(1, 2, 13, 11);
    graphics.dispose();
    ImageIO.write(image, "png", dir.resolve(name).toFile());
  }
}
