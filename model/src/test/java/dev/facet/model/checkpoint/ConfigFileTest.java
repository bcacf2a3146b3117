package dev.facet.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.model.Architecture;
import dev.facet.model.clip.ClipConfig;
import dev.facet.model.config.ConfigFile;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of a {@code config.json} that no model can have. */
class ConfigFileTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'vision_config': {'num_hidden_layers': 2000000000} | num_hidden_layers is 2000000000,"
            + " expected a positive whole number of at most 1000",
        "'text_config': {'hidden_size': 100000} | hidden_size is 100000, expected",
        "'text_config': {'intermediate_size': 2147483647} | of at most 100000",
        "'text_config': {'vocab_size': 2147483647} | vocab_size is 2147483647, expected",
        "'text_config': {'vocab_size': 1e3} | vocab_size is 1000.0, expected",
        "'text_config': {'max_position_embeddings': 1000000} | of at most 100000",
        "'vision_config': {'image_size': 16000, 'patch_size': 2}"
            + " | patch_size 2 cuts image_size 16000 into more than 250000 patches",
        "'vision_config': {'image_size': 100000} | image_size is 100000, expected",
        "'projection_dim': 9000 | projection_dim is 9000, expected",
        "'text_config': {'eos_token_id': [1, 2]} | eos_token_id is [1,2], expected a token's id",
        "'text_config': {'pad_token_id': '0'} | pad_token_id is 0, expected a token's id",
        "'text_config': {'bos_token_id': -1} | bos_token_id is -1, expected a token's id",
        "'text_config': {'layer_norm_eps': '1e-5'} | layer_norm_eps is 1e-5, expected a small",
        "'text_config': {'layer_norm_eps': -1} | layer_norm_eps is -1, expected a small number",
        "'text_config': {'hidden_act': 'a\\u001bb'} | hidden_act: a?b is not known",
        "'text_config': {'hidden_act': 'gelu_10'} | hidden_act: gelu_10 is not known",
        "'vision_config': {'hidden_act': 'silu'} | hidden_act: silu is not known",
        "'model_type': 'a\\u001bb' | model_type is a?b, but only"
      })
  void aSettingThatCannotBeIsNamedWithItsLimit(String settings, String message) {
    String type = settings.contains("model_type") ? "{" : "{'model_type': 'clip', ";
    assertThatThrownBy(() -> read(type + settings + "}"))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining(message)
        .extracting(e -> ((FacetException) e).exitCode())
        .isEqualTo(2);
  }

  @Test
  void whatAFileIsOfIsToldByTheClassThatWroteItWhereNoTypeIsGiven() {
    assertThat(read("{'architectures': ['CLIPModel']}")).isEqualTo(read("{'model_type': 'clip'}"));
    assertThat(read("{'architectures': ['SiglipModel']}").type()).isEqualTo("siglip");
    assertThat(read("{'text_config': {'model_type': 'siglip_text_model'}}").type())
        .isEqualTo("siglip");
    assertThatThrownBy(() -> read("{'hidden_size': 64}"))
        .hasMessageContaining("model_type is none, but only");
  }

  /** As transformers 5.18 writes them for one tower alone. */
  @Test
  void aTowerAloneHasTheSizesOfItsModel() {
    Architecture text =
        read("{'model_type': 'clip_text_model', 'hidden_size': 64, 'projection_dim': 48}");
    assertThat(text)
        .isEqualTo(
            read(
                "{'model_type': 'clip', 'text_config': {'hidden_size': 64}, 'projection_dim':"
                    + " 48}"));
    assertThat(read("{'architectures': ['CLIPVisionModelWithProjection'], 'patch_size': 16}"))
        .isEqualTo(read("{'model_type': 'clip', 'vision_config': {'patch_size': 16}}"));
    Architecture siglip =
        read(
            "{'model_type': 'siglip_vision_model', 'hidden_size': 1152, 'num_attention_heads':"
                + " 16}");
    assertThat(siglip.embedDim()).isEqualTo(1152);
  }

  @Test
  void aClassificationModelIsToldAsThat() {
    assertThatThrownBy(
            () -> read("{'model_type': 'clip', 'architectures': ['CLIPForImageClassification']}"))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("a classification model (CLIPForImageClassification)");
  }

  @Test
  void aSectionThatIsThereTwiceCountsAsTheDictAlone() {
    String both =
        "{'model_type': 'clip', 'text_config_dict': {'hidden_size': 64},"
            + " 'text_config': {'hidden_size': 128, 'vocab_size': 9},"
            + " 'vision_config_dict': {'hidden_size': 48}}";
    String once =
        "{'model_type': 'clip', 'text_config': {'hidden_size': 64},"
            + " 'vision_config': {'hidden_size': 48}}";
    assertThat(read(both)).isEqualTo(read(once));
    String none =
        "{'model_type': 'clip', 'text_config_dict': null, 'text_config': {'hidden_size': 64}}";
    assertThat(read(none))
        .isEqualTo(read("{'model_type': 'clip', 'text_config': {'hidden_size': 64}}"));
  }

  @Test
  void nullCountsAsLeftOut() {
    String nulls =
        "{'model_type': 'clip', 'text_config': {'pad_token_id': null, 'layer_norm_eps': null}}";
    assertThat(read(nulls)).isEqualTo(read("{'model_type': 'clip'}"));
  }

  @ParameterizedTest
  @CsvSource({
    "gelu, gelu",
    "gelu_python, gelu",
    "gelu_pytorch_tanh, gelu_pytorch_tanh",
    "gelu_new, gelu_pytorch_tanh",
    "gelu_fast, gelu_pytorch_tanh",
    "gelu_accurate, gelu_pytorch_tanh",
    "gelu_python_tanh, gelu_pytorch_tanh",
    "quick_gelu, quick_gelu"
  })
  void everyNameOfAFormulaIsReadAndOneIsWritten(String name, String written) {
    Architecture read =
        read("{'model_type': 'clip', 'text_config': {'hidden_act': '%s'}}".formatted(name));
    assertThat(read.toJson().at("/text_config/hidden_act").asText()).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({"clip, 2, true", "clip, 199, false", "clip, 5, false", "metaclip_2, 2, false"})
  void twoMeansTheHighestIdWhateverTheVocabularyButInMetaClip(
      String type, int end, boolean highest) {
    ClipConfig read =
        (ClipConfig)
            read(
                String.format(
                    Locale.ROOT,
                    "{'model_type': '%s', 'text_config': {'vocab_size': 200, 'eos_token_id': %d}}",
                    type,
                    end));
    assertThat(read.readsHighest()).isEqualTo(highest);
    assertThat(read.toJson().path("model_type").asText()).isEqualTo(type);
    assertThat(read.toJson().at("/text_config/eos_token_id").asInt()).isEqualTo(end);
    assertThat(Architectures.fromConfig(new ConfigFile("config.json", read.toJson())))
        .isEqualTo(read);
  }

  private static Architecture read(String json) {
    try {
      return Architectures.fromConfig(
          new ConfigFile("config.json", Json.LINE.readTree(json.replace("'", "\""))));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }
}
