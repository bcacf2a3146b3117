package dev.facet.model.training;

/** The objectives that a run can ask for. */
public enum ObjectiveKind {
  /** The model's own loss on unit vectors: {@link InfoNce}, or SigLIP's {@link SigmoidLoss}. */
  CONTRASTIVE,
  /** FLIP's own, with momentum encoders, queue and matching. */
  FLIP
}
