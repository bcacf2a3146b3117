package dev.facet.train;

/** What training makes smaller. */
public enum Objective {
  /** The model's own loss on unit vectors: InfoNCE, or SigLIP's. */
  CONTRASTIVE,
  /** FLIP's own, with momentum, queue and matching; see {@link dev.facet.model.FlipPretraining}. */
  FLIP
}
