package dev.facet.model.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreprocessingTest {
  private static final List<Double> HALVES = List.of(0.5, 0.5, 0.5);
  private static final Preprocessing CLIP = Preprocessing.clip(64);
  private static final Preprocessing SQUASHED =
      new Preprocessing(64, HALVES, HALVES, Resizing.SQUASH);

  @TempDir Path folder;

  private Preprocessing read(Preprocessing usual, String json) throws IOException {
    Files.writeString(folder.resolve(Preprocessing.FILE), json);
    return Preprocessing.of(folder, usual);
  }

  private Preprocessing openClip(String json) throws IOException {
    Files.writeString(folder.resolve("open_clip_config.json"), json);
    return Preprocessing.of(folder, CLIP);
  }

  @Test
  void whatTransformersNestsInItsProcessorsFileCountsFirst() throws IOException {
    String nested =
        "{'image_processor': {'image_processor_type': 'CLIPImageProcessor', 'resample': 2,"
            + " 'image_mean': [0.5, 0.5, 0.5], 'image_std': [0.25, 0.25, 0.25],"
            + " 'size': {'shortest_edge': 64}, 'crop_size': {'height': 64, 'width': 64}},"
            + " 'processor_class': 'CLIPProcessor'}";
    Path file = folder.resolve("processor_config.json");
    Files.writeString(file, nested.replace('\'', '"'));
    Preprocessing expected =
        new Preprocessing(
            64, HALVES, List.of(0.25, 0.25, 0.25), new Resizing(false, Resizing.BILINEAR));
    assertThat(Preprocessing.of(folder, CLIP)).isEqualTo(expected);
    assertThat(read(CLIP, "{\"resample\": 3}")).isEqualTo(expected);
    // A processor's file that says nothing of pictures leaves that to the other one.
    Files.writeString(file, "{\"processor_class\": \"CLIPProcessor\"}");
    assertThat(read(CLIP, "{\"resample\": 2}").resizing().filter()).isEqualTo(Resizing.BILINEAR);
    Files.writeString(file, "{\"image_processor\": {\"resample\": 1}}");
    assertThatThrownBy(() -> Preprocessing.of(folder, CLIP))
        .isInstanceOf(FacetException.class)
        .hasMessageContainingAll(file.toString(), "resample is 1");
  }

  @Test
  void clipsResizingIsWrittenAsItsShorterSideAndACrop() throws IOException {
    JsonNode json = Json.LINE.readTree(Preprocessing.clip(64).toJson());
    assertThat(json.path("size").toString()).isEqualTo("{\"shortest_edge\":64}");
    assertThat(json.path("resample").asInt()).isEqualTo(3);
    assertThat(json.path("do_center_crop").asBoolean()).isTrue();
    assertThat(json.path("image_processor_type").asText()).isEqualTo("CLIPImageProcessor");
  }

  @Test
  void squashingIsWrittenAsBothSidesForSiglipsProcessor() throws IOException {
    Resizing squash = new Resizing(true, Resizing.BILINEAR);
    JsonNode json = Json.LINE.readTree(Preprocessing.clip(64).resized(squash).toJson());
    assertThat(json.path("size").toString()).isEqualTo("{\"height\":64,\"width\":64}");
    assertThat(json.path("resample").asInt()).isEqualTo(2);
    assertThat(json.has("do_center_crop")).isFalse();
    assertThat(json.path("image_processor_type").asText()).isEqualTo("SiglipImageProcessor");
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    for (boolean squash : List.of(true, false)) {
      Preprocessing written =
          new Preprocessing(
              64,
              List.of(0.5, 0.4, 0.3),
              List.of(0.2, 0.3, 0.4),
              new Resizing(squash, Resizing.BILINEAR));
      assertThat(read(CLIP, written.toJson())).isEqualTo(written);
      assertThat(read(SQUASHED, written.toJson())).isEqualTo(written);
    }
  }

  @Test
  void aFolderThatSaysNothingGetsWhatIsUsual() throws IOException {
    assertThat(Preprocessing.of(folder, CLIP)).isEqualTo(CLIP);
    assertThat(Preprocessing.of(folder, SQUASHED)).isEqualTo(SQUASHED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'size': 64, 'crop_size': 64}",
        "{'size': 64, 'crop_size': 64, 'feature_extractor_type': 'CLIPFeatureExtractor'}",
        "{'size': {'shortest_edge': 64}, 'image_processor_type': 'CLIPImageProcessor'}",
        "{'size': {'shortest_edge': 64}, 'crop_size': {'height': 64, 'width': 64},"
            + " 'do_center_crop': true}",
        "{'image_processor_type': 'CLIPImageProcessor', 'resample': null}",
        "{'crop_pct': 1.0, 'size': 64}",
      })
  void formsOfTheShorterSideAreUnderstood(String json) throws IOException {
    assertThat(read(CLIP, json.replace('\'', '"')).resizing()).isEqualTo(Resizing.CLIP);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'size': {'height': 64, 'width': 64}}",
        "{'size': {'height': 64, 'width': 64}, 'image_processor_type': 'CLIPImageProcessor'}",
        "{'size': {'height': 64, 'width': 64}, 'crop_size': 64, 'do_center_crop': true}",
        "{'size': 64, 'image_processor_type': 'SiglipImageProcessor'}",
        "{'size': 64, 'image_processor_type': 'BlipImageProcessor', 'do_center_crop': false}",
      })
  void formsOfBothSidesAreUnderstood(String json) throws IOException {
    assertThat(read(CLIP, json.replace('\'', '"')).resizing()).isEqualTo(Resizing.SQUASH);
  }

  /** The values are those of transformers 5.18 for processors made without arguments. */
  @Test
  void whatAFileLeavesOutIsThatOfItsProcessorWhateverTheModel() throws IOException {
    String named = "{\"image_processor_type\": \"%s\"}";
    for (Preprocessing model : List.of(CLIP, SQUASHED)) {
      for (String clip :
          List.of("CLIPImageProcessor", "CLIPImageProcessorFast", "BitImageProcessor")) {
        assertThat(read(model, named.formatted(clip))).isEqualTo(CLIP);
      }
      assertThat(read(model, "{\"feature_extractor_type\": \"CLIPFeatureExtractor\"}"))
          .isEqualTo(CLIP);
      assertThat(read(model, named.formatted("SiglipImageProcessorPil"))).isEqualTo(SQUASHED);
      assertThat(read(model, named.formatted("BlipImageProcessor")))
          .isEqualTo(CLIP.resized(Resizing.SQUASH));
      assertThat(read(model, named.formatted("ViTImageProcessor")))
          .isEqualTo(SQUASHED.resized(new Resizing(true, Resizing.BILINEAR)));
    }
  }

  @Test
  void aFileOfSiglipsNeedsNoSizeToBeSquashed() throws IOException {
    assertThat(read(SQUASHED, "{\"do_rescale\": true}").resizing()).isEqualTo(Resizing.SQUASH);
  }

  @Test
  void stepsThatAreSwitchedOffShowInTheStatistics() throws IOException {
    String half = "\"image_mean\": [0.5, 0.5, 0.5], \"image_std\": [0.5, 0.5, 0.5]";
    Preprocessing raw = read(CLIP, "{\"do_normalize\": false, " + half + "}");
    assertThat(raw.mean()).containsOnly(0.0);
    assertThat(raw.std()).containsOnly(1.0);
    Preprocessing halves = read(CLIP, "{\"rescale_factor\": %s, %s}".formatted(2 / 255.0, half));
    assertThat(halves.mean()).allSatisfy(each -> assertThat(each).isEqualTo(0.25));
    assertThat(halves.std()).allSatisfy(each -> assertThat(each).isEqualTo(0.25));
    Preprocessing levels =
        read(
            CLIP,
            "{\"do_rescale\": false, \"image_mean\": [127.5, 127.5, 127.5], "
                + "\"image_std\": [255, 255, 255]}");
    assertThat(levels.mean()).containsOnly(0.5);
    assertThat(levels.std()).containsOnly(1.0);
    Preprocessing neither = read(CLIP, "{\"do_rescale\": false, \"do_normalize\": false}");
    assertThat(neither.mean()).containsOnly(0.0);
    assertThat(neither.std()).allSatisfy(each -> assertThat(1 / each).isEqualTo(255.0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'resample': 1} | resample is 1 (lanczos); Facet resizes with 2 (bilinear) or 3 (bicubic)",
        "{'resample': 'cubic'} | resample is \"cubic\"; Facet resizes with",
        "{'size': {'shortest_edge': 72}} | but 64 pixels are cut out of that",
        "{'size': 64, 'crop_size': 32} | crop_size makes pictures of 32 pixels, but the model takes"
            + " 64",
        "{'size': {'height': 64, 'width': 32}} | size.width makes pictures of 32 pixels",
        "{'size': {'height': 64}} | size is {\"height\":64}; it expects a number, or height and"
            + " width",
        "{'size': {'longest_edge': 64}} | it expects a number, shortest_edge, or height and width",
        "{'size': {'shortest_edge': 64}, 'do_center_crop': false} | set do_center_crop to true",
        "{'do_resize': false} | do_resize is false; it expects true",
        "{'do_pad': true} | do_pad is true; it expects false",
        "{'crop_pct': 0.875} | crop_pct is 0.875; it expects 1",
        "{'image_mean': [0.5]} | image_mean is [0.5]; it expects three numbers, for red",
        "{'image_std': [0.5, 0, 1]} | image_std is [0.5,0,1]; it expects three numbers above 0",
        "{'rescale_factor': 0} | rescale_factor is 0; it expects a number above 0",
        "{'image_processor_type': 'Siglip2ImageProcessor'} | makes pictures of varying sizes",
        "{'image_processor_type': 'ConvNextImageProcessor'} | is ConvNextImageProcessor, whose ways"
            + " are not known",
      })
  void whatCannotBeDoneIsNamedWithItsCure(String json, String message) {
    assertThatThrownBy(() -> read(CLIP, json.replace('\'', '"')))
        .isInstanceOf(FacetException.class)
        .hasMessageStartingWith(folder.resolve(Preprocessing.FILE).toString())
        .hasMessageContaining(message);
  }

  @Test
  void openClipsFileCountsWhereThereIsNoOther() throws IOException {
    Preprocessing found =
        openClip(
            """
            {"model_cfg": {}, "preprocess_cfg": {"size": [64, 64], "mean": [0.5, 0.5, 0.5],
             "std": [0.5, 0.5, 0.5], "interpolation": "bilinear", "resize_mode": "squash"}}
            """);
    assertThat(found)
        .isEqualTo(
            new Preprocessing(
                64,
                HALVES,
                HALVES,
                new Resizing(true, Resizing.BILINEAR, Resizing.Cut.TORCHVISION)));
    Preprocessing usual =
        Preprocessing.clip(64).resized(Resizing.CLIP.cut(Resizing.Cut.TORCHVISION));
    assertThat(openClip("{\"preprocess_cfg\": {\"interpolation\": \"random\"}}")).isEqualTo(usual);
    assertThat(openClip("{}")).isEqualTo(usual);
    assertThat(read(CLIP, Preprocessing.clip(64).toJson())).isEqualTo(Preprocessing.clip(64));
  }

  @Test
  void whatOpenClipDoesAndFacetDoesNotIsNamed() {
    assertThatThrownBy(() -> openClip("{\"preprocess_cfg\": {\"resize_mode\": \"longest\"}}"))
        .hasMessageContaining("resize_mode is longest; Facet resizes by shortest or squash");
    assertThatThrownBy(() -> openClip("{\"preprocess_cfg\": {\"interpolation\": \"nearest\"}}"))
        .hasMessageContaining("interpolation is nearest");
    assertThatThrownBy(() -> openClip("{\"preprocess_cfg\": {\"size\": 32}}"))
        .hasMessageContaining("size makes pictures of 32 pixels, but the model takes 64");
  }
}
