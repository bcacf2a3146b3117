package dev.facet.model.training;

import ai.djl.ndarray.NDManager;

/** A global batch, seen in parts; any of them may be asked for again. */
public interface MicroBatches {
  /** Number of parts; each has at least one pair. */
  int parts();

  /** A part, whose arrays belong to the scope. */
  TrainingBatch part(NDManager scope, int part);

  /** A batch that is one part. */
  static MicroBatches whole(TrainingBatch batch) {
    return new MicroBatches() {
      @Override
      public int parts() {
        return 1;
      }

      @Override
      public TrainingBatch part(NDManager scope, int part) {
        return batch;
      }
    };
  }
}
