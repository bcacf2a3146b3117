package dev.facet.model.checkpoint;

import dev.facet.model.ArchitectureFamily.Mark;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint is, judged by the names of its weights: for the message about one that does not
 * fit its config.
 *
 * @param type the model type, or empty if Facet has no such model
 * @param words for people
 */
record Resemblance(String type, String words) {
  /** Told before any known architecture: what these have may be beside what is known. */
  private static final List<Mark> FIRST =
      List.of(
          new Mark("base_model.model.", "a PEFT adapter (LoRA), not a whole model"),
          new Mark("text_decoder.resblocks.", "an OpenCLIP CoCa"),
          new Mark("text_decoder.", "a BLIP"),
          new Mark("qformer.", "a BLIP-2"),
          new Mark("Qformer.", "a BLIP-2"),
          new Mark("visual.layer1.", "an OpenCLIP ResNet (RN50 and the like)"),
          new Mark("text.transformer.embeddings.", "an OpenCLIP model with a BERT text tower"),
          new Mark("visual.attn_pool.", "an OpenCLIP CoCa"));

  /** Told after them: these say less. */
  private static final List<Mark> LAST =
      List.of(
          new Mark("visual.trunk.", "an OpenCLIP model with a timm image tower"),
          new Mark("vision_model.", "a vision model other than CLIP and SigLIP"),
          new Mark("image_queue", "a BLIP or ALBEF"),
          new Mark("visual_encoder.", "a BLIP or ALBEF"),
          new Mark("vit.", "a plain ViT (Hugging Face), an image tower alone"),
          new Mark("patch_embed.", "a plain ViT (timm), an image tower alone"),
          new Mark("encoder.layer.", "a BERT or plain ViT, one tower alone"),
          new Mark("bert.", "a BERT, a text tower alone"),
          new Mark("layer1.", "a plain ResNet, an image tower alone"));

  /** What these names are of, or null if they are like nothing known. */
  static @Nullable Resemblance of(Collection<String> names) {
    Stream<Resemblance> known =
        Architectures.ALL.stream()
            .flatMap(family -> like(family.marks(), family.modelTypes().getFirst(), names));
    return Stream.of(like(FIRST, "", names), known, like(LAST, "", names))
        .flatMap(each -> each)
        .findFirst()
        .orElse(null);
  }

  private static Stream<Resemblance> like(List<Mark> marks, String type, Collection<String> names) {
    return marks.stream()
        .filter(mark -> names.stream().anyMatch(name -> name.startsWith(mark.start())))
        .map(mark -> new Resemblance(type, mark.words()));
  }
}
