package dev.facet.model.training;

import ai.djl.ndarray.NDManager;
import dev.facet.model.collective.Collective;

/**
 * A global batch, or a replica's share of it, seen in parts; any of them may be asked for again.
 */
public interface MicroBatches {
  /** Number of parts; each has at least one pair. A share may have none. */
  int parts();

  /** Who has the rest of the global batch. */
  default Collective replicas() {
    return Collective.ALONE;
  }

  /** Place in the global batch of the first pair. */
  default long first() {
    return 0;
  }

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
