package dev.facet.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.model.Architecture;
import dev.facet.model.DualEncoder;
import dev.facet.model.Tiny;
import dev.facet.model.adapt.Adaptation;
import dev.facet.model.adapt.Adapting;
import dev.facet.model.adapt.Lora;
import dev.facet.model.clip.ClipConfig;
import dev.facet.model.config.TowerSize;
import dev.facet.model.flip.FlipConfig;
import dev.facet.model.ops.Activation;
import dev.facet.model.tensors.WeightFiles;
import dev.facet.model.weights.Weights;
import dev.facet.model.weights.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitialWeightsTest {
  private static final String IMAGE_HEAD = "visual_projection.weight";
  private static final String TEXT_HEAD = "text_projection.weight";

  @TempDir Path folder;
  private final List<String> notes = new ArrayList<>();

  @Test
  void anotherJointSpaceMeansNewProjectionsAndNothingElse() throws IOException {
    Map<String, float[]> saved = save("a", Tiny.clip(), 1);
    try (DualEncoder model = start(Tiny.clip().withEmbedDim(10), all("a", true))) {
      Map<String, float[]> now = Tiny.values(model.weights());
      assertThat(now.get(IMAGE_HEAD)).hasSize(10 * 12).doesNotContain(0);
      assertThat(now.get(TEXT_HEAD)).hasSize(10 * 8);
      now.keySet().removeAll(List.of(IMAGE_HEAD, TEXT_HEAD));
      now.forEach((name, value) -> assertThat(value).as(name).containsExactly(saved.get(name)));
      assertThat(notes)
          .containsExactly(
              "drawn for the new width of the joint space: visual_projection.weight,"
                  + " text_projection.weight");
    }
  }

  @Test
  void anotherJointSpaceOfFlipMeansANewQueueToo() throws IOException {
    Map<String, float[]> saved = save("a", Tiny.flip(), 1);
    try (DualEncoder model = start(Tiny.flip().withEmbedDim(10), all("a", true))) {
      Map<String, float[]> now = values(model);
      for (String head : List.of("vision_proj", "text_proj")) {
        assertThat(now.get(head + ".weight"))
            .hasSize(10 * (head.startsWith("v") ? 12 : 8))
            .containsExactly(now.get(head + "_m.weight"));
      }
      assertThat(now.get("image_queue")).hasSize(10 * 7);
      assertThat(now.get("idx_queue")).containsOnly(-100);
      now.keySet().removeIf(name -> name.contains("_proj") || name.endsWith("_queue"));
      assertThat(now).containsKeys("temp", "itm_head.weight");
      now.forEach((name, value) -> assertThat(value).as(name).containsExactly(saved.get(name)));
    }
  }

  @Test
  void newProjectionsHaveToLearn() throws IOException {
    save("a", Tiny.clip(), 1);
    try (DualEncoder model = start(Tiny.clip().withEmbedDim(10), all("a", true))) {
      assertThatThrownBy(() -> Adapting.apply(model, new Adaptation(List.of(), true, false, null)))
          .isInstanceOf(FacetException.class)
          .hasMessageContaining("visual_projection.weight would start at random and never learn");
    }
    Lora heads = new Lora(2, 4, 0, List.of("*"), List.of("*_projection.weight"));
    try (DualEncoder model = start(Tiny.clip().withEmbedDim(10), all("a", true))) {
      Adapting.apply(model, Tiny.lora(heads));
      assertThat(model.trained()).containsKeys(IMAGE_HEAD, TEXT_HEAD);
    }
  }

  @Test
  void aSiglipModelHasNoOtherJointSpace() {
    assertThatThrownBy(() -> Tiny.siglip().withEmbedDim(10))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("model.embed_dim is 10, but a siglip model's joint space is 12 wide");
  }

  @Test
  void towersStartFromFoldersOfTheirOwn() throws IOException {
    TowerSize large = TowerSize.of(16, 1, 4);
    ClipConfig other = new ClipConfig(8, 16, 8, large, 50, 5, 48, 49, 49, large);
    Map<String, float[]> images = save("images", Tiny.clip(), 1);
    Map<String, float[]> texts = save("texts", other, 2);
    ClipConfig sizes = Tiny.clip().withTextOf(other);
    assertThat(other.withVisionOf(Tiny.clip())).isEqualTo(sizes);
    InitialWeights apart =
        new InitialWeights(null, folder.resolve("images"), folder.resolve("texts"), true);
    try (DualEncoder model = start(sizes, apart)) {
      Tiny.values(model.weights())
          .forEach(
              (name, value) -> {
                boolean image = name.startsWith("vis");
                if (image || name.startsWith("text")) {
                  assertThat(value).as(name).containsExactly((image ? images : texts).get(name));
                }
              });
      assertThat(model.logitScale()).isCloseTo(1 / 0.07, org.assertj.core.data.Offset.offset(1e-3));
    }
    assertThat(notes).isEmpty();
  }

  /** As transformers writes a CLIPVisionModelWithProjection and a CLIPTextModelWithProjection. */
  @Test
  void aFolderOfOneTowerAloneGivesThatTowerAndNoOther() throws IOException {
    Map<String, float[]> images = save("images", Tiny.clip(), 1);
    Map<String, float[]> texts = save("texts", Tiny.clip(), 2);
    cut("images", "vision", "text_model.*|text_projection.*|logit_scale");
    cut("texts", "text", "vision_model.*|visual_projection.*|logit_scale");
    InitialWeights both =
        new InitialWeights(null, folder.resolve("images"), folder.resolve("texts"), true);
    try (DualEncoder model = start(Tiny.clip(), both)) {
      Map<String, float[]> now = values(model);
      assertThat(now.get(IMAGE_HEAD)).containsExactly(images.get(IMAGE_HEAD));
      assertThat(now.get(TEXT_HEAD)).containsExactly(texts.get(TEXT_HEAD));
    }
    assertThatThrownBy(() -> start(Tiny.clip(), all("images", true)).close())
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("holds an image tower alone; name it in model.init_image");
    assertThatThrownBy(() -> start(Tiny.clip(), all("texts", false)).close())
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("holds a text tower alone; name it in model.init_text");
  }

  private void cut(String name, String tower, String left) throws IOException {
    Path config = folder.resolve(name).resolve(ModelDirectory.CONFIG);
    ObjectNode whole = Json.read(config, ObjectNode.class);
    ObjectNode own = whole.withObject("/" + tower + "_config");
    Files.writeString(config, own.put("projection_dim", 8).toString());
    Path file = folder.resolve(name).resolve(ModelDirectory.WEIGHTS);
    SafetensorsWriter writer = new SafetensorsWriter();
    try (Weights weights = WeightFiles.openFile(file)) {
      weights.tensors().values().stream()
          .filter(each -> !each.name().matches(left))
          .forEach(
              each ->
                  writer.add(
                      each.name(), each.type(), each.shape(), () -> each.data().asByteBuffer()));
      writer.write(folder.resolve("cut.safetensors"));
    }
    Files.move(folder.resolve("cut.safetensors"), file, StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void flipsSlowCopiesStartWithTheirTowers() throws IOException {
    FlipConfig own = Tiny.flip();
    TowerSize deep = new TowerSize(8, 3, 2, 16, Activation.GELU, 1e-12);
    FlipConfig other = new FlipConfig(8, 8, 2, own.vision(), 50, 5, 9, 1, deep, 9);
    Map<String, float[]> images = save("images", own, 1);
    Map<String, float[]> texts = save("texts", other, 2);
    Map<String, float[]> rest = save("rest", own, 3);
    FlipConfig sizes = own.withTextOf(other);
    assertThat(sizes).isEqualTo(new FlipConfig(8, 16, 4, own.vision(), 50, 5, 9, 1, deep, 7));
    assertThat(other.withVisionOf(own))
        .isEqualTo(new FlipConfig(8, 16, 4, own.vision(), 50, 5, 9, 1, deep, 9));
    for (String all : new String[] {null, "rest"}) {
      InitialWeights apart =
          new InitialWeights(
              all == null ? null : folder.resolve(all),
              folder.resolve("images"),
              folder.resolve("texts"),
              true);
      try (DualEncoder model = start(sizes, apart);
          DualEncoder drawn = DualEncoder.random(sizes, Tiny.options(9))) {
        Map<String, float[]> others = all == null ? values(drawn) : rest;
        values(model)
            .forEach(
                (name, value) -> {
                  boolean text = name.startsWith("text_") && !name.equals("text_queue");
                  Map<String, float[]> from =
                      text ? texts : name.startsWith("vis") ? images : others;
                  assertThat(value).as(name).containsExactly(from.get(name));
                });
      }
    }
    assertThat(notes).isEmpty();
  }

  @Test
  void aTowerWithoutAFolderIsDrawn() throws IOException {
    Map<String, float[]> images = save("images", Tiny.clip(), 1);
    InitialWeights half = new InitialWeights(null, folder.resolve("images"), null, true);
    try (DualEncoder model = start(Tiny.clip(), half);
        DualEncoder drawn = DualEncoder.random(Tiny.clip(), Tiny.options(9))) {
      Map<String, float[]> now = Tiny.values(model.weights());
      assertThat(now.get(IMAGE_HEAD)).containsExactly(images.get(IMAGE_HEAD));
      assertThat(now.get(TEXT_HEAD)).containsExactly(Tiny.values(drawn.weights()).get(TEXT_HEAD));
      assertThatThrownBy(() -> Adapting.apply(model, new Adaptation(List.of(), false, true, null)))
          .isInstanceOf(FacetException.class)
          .hasMessageContaining("text_model.embeddings.token_embedding.weight, ");
    }
  }

  @Test
  void towersOfTwoArchitecturesAreRefused() {
    assertThatThrownBy(() -> Tiny.clip().withTextOf(Tiny.siglip()))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("towers of clip and siglip cannot be put together");
    assertThatThrownBy(() -> Tiny.flip().withTextOf(Tiny.clip()))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("towers of flip and clip cannot be put together");
  }

  @Test
  void whatDoesNotFitStopsTheRunUnlessItIsAllowed() throws IOException {
    Map<String, float[]> saved = save("a", Tiny.clip(), 1);
    Path config = folder.resolve("a").resolve(ModelDirectory.CONFIG);
    Files.writeString(
        config,
        Files.readString(config)
            .replace("\"vocab_size\" : 40", "\"vocab_size\" : 45")
            .replace("\"num_hidden_layers\" : 3", "\"num_hidden_layers\" : 2"));
    Architecture sizes = ModelDirectory.config(folder.resolve("a"));
    assertThatThrownBy(() -> start(sizes, all("a", true)).close())
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("token_embedding.weight: found (40, 8), expected (45, 8)")
        .hasMessageContaining("vision_model.encoder.layers.2.mlp.fc1.bias: not part of")
        .hasMessageContaining("model.strict=false");
    try (DualEncoder model = start(sizes, all("a", false))) {
      Map<String, float[]> now = Tiny.values(model.weights());
      assertThat(now.get(IMAGE_HEAD)).containsExactly(saved.get(IMAGE_HEAD));
      assertThat(now.get("text_model.embeddings.token_embedding.weight")).hasSize(45 * 8);
      assertThat(notes)
          .singleElement()
          .satisfies(
              note ->
                  assertThat(note)
                      .contains("does not fit in 17 places", "found (40, 8)", "and 9 more"));
    }
  }

  @Test
  void aFolderOfWhichNothingFitsIsRefusedInAnyCase() throws IOException {
    TowerSize large = TowerSize.of(16, 1, 4);
    save("a", new ClipConfig(4, 32, 8, large, 50, 5, 48, 49, 49, large), 1);
    InitialWeights images = new InitialWeights(null, folder.resolve("a"), null, false);
    assertThatThrownBy(() -> start(Tiny.clip().withEmbedDim(4), images).close())
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("no weight fits the model");
  }

  private InitialWeights all(String name, boolean strict) {
    return new InitialWeights(folder.resolve(name), null, null, strict);
  }

  private DualEncoder start(Architecture sizes, InitialWeights from) throws IOException {
    return ModelDirectory.start(sizes, from, Tiny.options(9), notes::add);
  }

  private Map<String, float[]> save(String name, Architecture sizes, long seed) throws IOException {
    try (DualEncoder model = DualEncoder.random(sizes, Tiny.options(seed))) {
      ModelDirectory.write(model, Files.createDirectory(folder.resolve(name)));
      return values(model);
    }
  }

  /** Whole numbers too, which FLIP's queue has. */
  private static Map<String, float[]> values(DualEncoder model) {
    Map<String, float[]> values = new LinkedHashMap<>();
    model
        .weights()
        .forEach(
            (name, array) -> values.put(name, array.toType(DataType.FLOAT32, true).toFloatArray()));
    return values;
  }
}
