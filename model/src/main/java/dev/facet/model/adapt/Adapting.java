package dev.facet.model.adapt;

import ai.djl.nn.Parameter;
import dev.facet.base.FacetException;
import dev.facet.model.DualEncoder;
import dev.facet.model.layers.Encoder;
import dev.facet.model.layers.TransformerLayer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Freezes a model's weights, and puts adapters beside them, as a run wants it. */
public final class Adapting {
  private final DualEncoder model;
  private final Adaptation wanted;
  private final Map<String, Parameter> weights = new LinkedHashMap<>();

  private Adapting(DualEncoder model, Adaptation wanted) {
    this.model = model;
    this.wanted = wanted;
    model.getParameters().values().forEach(each -> weights.put(each.getName(), each));
  }

  /**
   * Freezes weights and puts low-rank maps beside them. To be called once, before training.
   *
   * @throws FacetException where a pattern matches nothing, where nothing is left to train, or
   *     where weights that no checkpoint gave would never learn
   */
  public static void apply(DualEncoder model, Adaptation wanted) {
    model.settle();
    Adapting adapting = new Adapting(model, wanted);
    adapting.freeze();
    if (wanted.lora() != null) {
      adapting.adapt(wanted.lora());
    }
    adapting.check();
  }

  private void freeze() {
    Lora lora = wanted.lora();
    if (lora != null) {
      Collection<Parameter> frozen = new ArrayList<>(weights.values());
      NamePattern.matching(lora.train(), weights.keySet(), "model.lora.train", "weights")
          .forEach(name -> frozen.remove(weights.get(name)));
      frozen.forEach(each -> each.freeze(true));
    }
    NamePattern.matching(wanted.freeze(), weights.keySet(), "model.freeze", "weights").stream()
        .map(weights::get)
        .forEach(each -> each.freeze(true));
    for (Encoder locked : towers(true)) {
      locked.getParameters().values().forEach(each -> each.freeze(true));
    }
  }

  /** Locked towers get no adapters. */
  private void adapt(Lora lora) {
    List<TransformerLayer> blocks =
        towers(false).stream().flatMap(tower -> tower.blocks().stream()).toList();
    List<String> modules = blocks.stream().flatMap(block -> block.modules().stream()).toList();
    Set<String> chosen =
        NamePattern.matching(lora.targets(), modules, "model.lora.targets", "linear maps");
    blocks.forEach(
        block -> block.adapt(chosen, lora.rank(), lora.alpha(), lora.dropout(), model.manager()));
    if (!wanted.lockImages()) {
      requireLearning(model.vision(), "image", "model.lock_image_tower");
    }
    if (!wanted.lockTexts()) {
      requireLearning(model.text(), "text", "model.lock_text_tower");
    }
  }

  /** Names of linear maps differ from tower to tower: patterns may reach one of them alone. */
  private static void requireLearning(Encoder tower, String name, String lock) {
    if (!tower.learns()) {
      Set<String> maps = new LinkedHashSet<>();
      for (TransformerLayer block : tower.blocks()) {
        block.modules().forEach(each -> maps.add("*" + each.substring(each.lastIndexOf('.'))));
      }
      throw FacetException.usage(
          "model.lora.targets reach no linear map of the "
              + name
              + " tower, of which nothing would learn: add some of "
              + String.join(", ", maps)
              + ", or set "
              + lock
              + "=true");
    }
  }

  private List<Encoder> towers(boolean locked) {
    List<Encoder> towers = new ArrayList<>();
    if (wanted.lockImages() == locked) {
      towers.add(model.vision());
    }
    if (wanted.lockTexts() == locked) {
      towers.add(model.text());
    }
    return towers;
  }

  private void check() {
    List<String> stuck =
        weights.values().stream()
            .filter(each -> !each.requiresGradient())
            .map(Parameter::getName)
            .filter(name -> model.towers().stream().anyMatch(tower -> tower.drawn().contains(name)))
            .limit(5)
            .toList();
    if (!stuck.isEmpty()) {
      throw FacetException.usage(
          String.join(", ", stuck)
              + " would start at random and never learn: no checkpoint gives it, and it is frozen"
              + " by model.freeze, a locked tower or model.lora; take it out of those, or name it"
              + " in model.lora.train");
    }
    if (model.getParameters().values().stream().noneMatch(Parameter::requiresGradient)) {
      throw FacetException.usage(
          "every weight is frozen by model.freeze and locked towers: there is nothing to train");
    }
  }
}
