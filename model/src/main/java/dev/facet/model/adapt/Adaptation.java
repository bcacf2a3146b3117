package dev.facet.model.adapt;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which weights of a model learn. All do where nothing is said.
 *
 * @param freeze patterns of the names of weights that do not learn
 * @param lockImages whether the image tower, with its projection, stays as it is (Zhai et al. 2022,
 *     "LiT: zero-shot transfer with locked-image text tuning")
 * @param lockTexts the same of the text tower
 * @param lora where given, all other weights but those that it names are frozen
 */
public record Adaptation(
    List<String> freeze, boolean lockImages, boolean lockTexts, @Nullable Lora lora) {}
