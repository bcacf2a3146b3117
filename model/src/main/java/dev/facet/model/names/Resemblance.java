package dev.facet.model.names;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint is, judged by the names of its weights: for the message about one that does not
 * fit its config.
 *
 * @param type the model type, or empty if Facet has no such model
 * @param words for people
 */
public record Resemblance(String type, String words) {
  /** Each is told by a name that starts with its mark; the first that fits wins. */
  private record Mark(String start, String type, String words) {}

  private static final List<Mark> MARKS =
      List.of(
          new Mark("base_model.model.", "", "a PEFT adapter (LoRA), not a whole model"),
          new Mark("text_decoder.resblocks.", "", "an OpenCLIP CoCa"),
          new Mark("text_decoder.", "", "a BLIP"),
          new Mark("qformer.", "", "a BLIP-2"),
          new Mark("Qformer.", "", "a BLIP-2"),
          new Mark("visual.layer1.", "", "an OpenCLIP ResNet (RN50 and the like)"),
          new Mark("visual.trunk.attn_pool.", "siglip", "a SigLIP in OpenCLIP's names"),
          new Mark("visual.trunk.", "", "an OpenCLIP model with a timm image tower"),
          new Mark("text.transformer.embeddings.", "", "an OpenCLIP model with a BERT text tower"),
          new Mark("visual.attn_pool.", "", "an OpenCLIP CoCa"),
          new Mark("visual.conv1.", "clip", "a CLIP in OpenCLIP's names"),
          new Mark("vision_model.head.", "siglip", "a SigLIP"),
          new Mark("vision_model.pre_layrnorm.", "clip", "a CLIP"),
          new Mark("vision_model.", "", "a vision model other than CLIP and SigLIP"),
          new Mark("visual_encoder.vision_model.", "flip", "a FLIP"),
          new Mark("image_queue", "", "a BLIP or ALBEF"),
          new Mark("visual_encoder.", "", "a BLIP or ALBEF"),
          new Mark("vit.", "", "a plain ViT (Hugging Face), an image tower alone"),
          new Mark("patch_embed.", "", "a plain ViT (timm), an image tower alone"),
          new Mark("encoder.layer.", "", "a BERT or plain ViT, one tower alone"),
          new Mark("bert.", "", "a BERT, a text tower alone"),
          new Mark("layer1.", "", "a plain ResNet, an image tower alone"));

  /** What these names are of, or null if they are like nothing known. */
  public static @Nullable Resemblance of(Collection<String> names) {
    for (Mark mark : MARKS) {
      if (names.stream().anyMatch(name -> name.startsWith(mark.start))) {
        return new Resemblance(mark.type, mark.words);
      }
    }
    return null;
  }
}
