package dev.facet.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.model.Architecture;
import dev.facet.model.clip.ClipConfig;
import dev.facet.model.config.TowerSize;
import dev.facet.model.ops.Activation;
import dev.facet.model.pictures.Preprocessing;
import dev.facet.model.siglip.SiglipConfig;
import dev.facet.model.text.CaptionCleanup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes as open_clip's own config files give them. */
class OpenClipConfigTest {
  private static final String TEXT =
      "'text_cfg': {'context_length': 64, 'vocab_size': 32000,"
          + " 'hf_tokenizer_name': 'a', 'tokenizer_kwargs': {'clean': 'canonicalize'},"
          + " 'width': 768, 'heads': 12, 'layers': 12, 'no_causal_mask': true, 'proj_bias': true,"
          + " 'pool_type': 'last', 'norm_kwargs': {'eps': 1e-6}}";

  private static String siglip(String timm) {
    return "{'embed_dim': 768, 'init_logit_bias': -10, 'custom_text': true, 'vision_cfg':"
        + " {'image_size': 224, 'timm_model_name': '"
        + timm
        + "', 'timm_model_pretrained': false,"
        + " 'timm_pool': 'map', 'timm_proj': 'none'}, "
        + TEXT
        + "}";
  }

  @Test
  void whatAFileLeavesOutIsOpenClipsDefault() {
    TowerSize vision = new TowerSize(768, 12, 12, 3072, Activation.GELU, 1e-5);
    TowerSize text = new TowerSize(512, 12, 8, 2048, Activation.GELU, 1e-5);
    assertThat(read("{'embed_dim': 512, 'vision_cfg': {'patch_size': 32}, 'text_cfg': {}}"))
        .isEqualTo(
            new ClipConfig(512, 224, 32, vision, 49_408, 77, 49_406, ClipConfig.HIGHEST, 0, text));
  }

  @Test
  void headsAndInnerWidthComeFromTheirRatios() {
    ClipConfig read =
        (ClipConfig)
            read(
                "{'embed_dim': 1280, 'quick_gelu': true, 'vision_cfg': {'image_size': [224, 224],"
                    + " 'layers': 48, 'width': 1664, 'head_width': 104, 'mlp_ratio': 4.9231,"
                    + " 'patch_size': 14}, 'text_cfg': {'width': 1280, 'heads': 20, 'layers': 32}}");
    assertThat(read.vision())
        .isEqualTo(new TowerSize(1664, 48, 16, 8192, Activation.QUICK_GELU, 1e-5));
    assertThat(read.text())
        .isEqualTo(new TowerSize(1280, 32, 20, 5120, Activation.QUICK_GELU, 1e-5));
  }

  @Test
  void aNamedEndTokenIsReadAt() {
    ClipConfig read =
        (ClipConfig) read("{'vision_cfg': {}, 'text_cfg': {'pool_type': 'eos', 'eos_id': 2}}");
    assertThat(read.eosToken()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "vit_base_patch16_siglip_224, 768, 12, 12, 3072, GELU",
    "vit_base_patch16_siglip_224.v2_webli, 768, 12, 12, 3072, GELU",
    "vit_base_patch32_siglip_256, 768, 12, 12, 3072, GELU_TANH"
  })
  void aTimmNameSaysTheImageTowersSizes(
      String name, int width, int layers, int heads, int inner, Activation activation) {
    SiglipConfig read = (SiglipConfig) read(siglip(name));
    assertThat(read.vision())
        .isEqualTo(new TowerSize(width, layers, heads, inner, activation, 1e-6));
    assertThat(read.padToken()).isEqualTo(1);
  }

  @Test
  void eachTowerHasTheActivationItsOwnPartSays() {
    SiglipConfig read =
        (SiglipConfig)
            read(
                siglip("vit_base_patch16_siglip_224")
                    .replace("'eps': 1e-6}", "'eps': 1e-6}, 'act_kwargs': {'approximate': 'tanh'}")
                    .replace("32000", "256000"));
    assertThat(read.vision().activation()).isEqualTo(Activation.GELU);
    assertThat(read.text().activation()).isEqualTo(Activation.GELU_TANH);
    assertThat(read.padToken()).as("Gemma's").isZero();
  }

  @Test
  void everySettingThatIsNotSupportedIsNamedAtOnce() {
    assertThatThrownBy(
            () ->
                read(
                    "{'embed_dim': 512, 'vision_cfg': {'no_ln_pre': true, 'attentional_pool': true,"
                        + " 'pool_type': 'avg', 'width': 100, 'head_width': 30, 'patch_size': 280,"
                        + " 'mystery': 1, 'layers': -1}, 'text_cfg': {'no_causal_mask': true,"
                        + " 'proj_type': 'none', 'mlp_ratio': 0, 'ls_init_value': 0.1}}"))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("vision_cfg.no_ln_pre is true: not supported")
        .hasMessageContaining("vision_cfg.attentional_pool is true: not supported")
        .hasMessageContaining("vision_cfg.pool_type is avg, supported is tok")
        .hasMessageContaining("vision_cfg.head_width is 30: the width of 100 is no multiple")
        .hasMessageContaining("vision_cfg.patch_size is 280: it is larger than image_size 224")
        .hasMessageContaining("vision_cfg.layers is -1: expected a positive whole number")
        .hasMessageContaining("vision_cfg.mystery is not a setting that Facet knows")
        .hasMessageContaining("text_cfg.no_causal_mask is true: not supported")
        .hasMessageContaining("text_cfg.proj_type is none, supported is linear")
        .hasMessageContaining("text_cfg.mlp_ratio is 0: expected a number above 0")
        .hasMessageContaining("text_cfg.ls_init_value is 0.1: not supported");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'vision_cfg': {'layers': [3,4,6,3], 'width': 64, 'patch_size': null}, 'text_cfg': {}}"
            + " | vision_cfg.layers is [3,4,6,3]: a ResNet, not a ViT",
        "{'vision_cfg': {'timm_model_name': 'convnext_base', 'timm_pool': ''}, 'text_cfg': {}}"
            + " | timm_model_name is convnext_base: not one of timm's vit_*_siglip_*",
        "{'vision_cfg': {}, 'text_cfg': {'hf_model_name': 'roberta-base'}}"
            + " | text_cfg.hf_model_name is roberta-base: a text tower of Hugging Face's",
        "{'vision_cfg': {}, 'text_cfg': {}, 'multimodal_cfg': {'width': 3}}"
            + " | multimodal_cfg is set: a CoCa, which writes captions",
        "{'vision_cfg': {'timm_model_name': 'vit_large_patch16_siglip_256'}, 'embed_dim': 768}"
            + " | embed_dim is 768: the image tower is 1024 wide",
        "{'vision_cfg': {'layers': 2000000000}, 'text_cfg': {}} | vision_cfg.layers is 2000000000:"
            + " expected a positive whole number of at most 1000",
        "{'vision_cfg': {'image_size': [99999, 99999]}, 'text_cfg': {}} | vision_cfg.image_size is",
        "{'vision_cfg': {'mlp_ratio': 1e9}, 'text_cfg': {}} | vision_cfg.mlp_ratio is 1.0E9:",
        "{'vision_cfg': {'image_size': 16000, 'patch_size': 2}, 'text_cfg': {}} | 250000 patches",
        "{'vision_cfg': {}, 'text_cfg': {'pad_id': 'x'}} | text_cfg.pad_id is x: expected a token",
        "{'vision_cfg': {}, 'text_cfg': {'norm_kwargs': {'eps': 'x'}}} | eps is x: expected a num",
        "{'vision_cfg': {'a\\u001b[2J': 1}, 'text_cfg': {}} | vision_cfg.a?[2J is not a setting",
        "{'vision_cfg': {'pool_type': 'a\\u001bb'}, 'text_cfg': {}} | vision_cfg.pool_type is a?b",
        "{'architecture': 'vit_base'} | has no model_cfg"
      })
  void otherKindsOfModelAreToldByTheirSetting(String json, String message) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("a.json")
        .hasMessageContaining(message);
  }

  @Test
  void aTimmNameIsWrittenWhereItSaysAll() {
    Architecture known = read(siglip("vit_base_patch16_siglip_224"));
    assertThat(OpenClipJson.of(known, Preprocessing.clip(224), CaptionCleanup.SIGLIP).toString())
        .contains("\"timm_model_name\":\"vit_base_patch16_siglip_224\"")
        .contains("\"clean\":\"canonicalize\"")
        .doesNotContain("tiny_override");
  }

  private static Architecture read(String json) {
    try {
      return Architectures.fromOpenClip("a.json", Json.LINE.readTree(json.replace('\'', '"')));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }
}
