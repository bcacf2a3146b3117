package dev.facet.model;

import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.List;

/** What goes with each tower of a model: in FLIP its slow copy, else nothing. */
final class Copies {
  private Copies() {}

  /** The image tower, and its slow copy. */
  static List<VisionTower> images(DualEncoder model) {
    return model instanceof Flip flip
        ? List.of(flip.vision(), flip.memory().vision())
        : List.of(model.vision());
  }

  /** The text tower, and its slow copy. */
  static List<Encoder> texts(DualEncoder model) {
    return model instanceof Flip flip
        ? List.of(flip.text(), flip.memory().text())
        : List.of(model.text());
  }

  /** The weights whose shape depends on the width of the joint space, FLIP's queue among them. */
  static List<Parameter> joint(DualEncoder model) {
    List<Parameter> weights = new ArrayList<>();
    images(model).forEach(tower -> weights.addAll(tower.projection()));
    texts(model).forEach(tower -> weights.addAll(tower.projection()));
    if (model instanceof Flip flip) {
      // Ids of a new queue are new as well.
      weights.addAll(flip.memory().queue());
    }
    return weights;
  }
}
