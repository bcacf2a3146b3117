package dev.facet.model.collective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/**
 * What the replicas of a model do together, each on a thread of its own. Every operation is a
 * meeting: it returns once all have called it. So all must call the same ones in the same order,
 * whatever their share of a batch holds.
 *
 * <p>Nothing is recorded for gradients. Where a replica fails, the meetings of the others end with
 * an exception instead.
 */
public interface Collective {
  /** One replica has nobody to meet. */
  Collective ALONE = new Alone();

  /** This replica's number, from 0. */
  int rank();

  /** The number of replicas. */
  int size();

  /**
   * The rows of all, those of lower ranks first, as a copy.
   *
   * @param scope gets the copy, on its device
   * @param rows [n, ...]; a replica without any brings an array of no elements
   * @return [sum of n, ...]
   */
  NDArray gather(NDManager scope, NDArray rows);

  /**
   * The sum over all, in place and of the same bits everywhere.
   *
   * @param arrays as many and of the same shapes at all replicas, floating point
   */
  void sum(List<NDArray> arrays);

  /** The sums over all of some numbers, of the same bits everywhere. */
  double[] sum(double... numbers);

  /**
   * Copies the arrays of the replica of rank 0 into those of all others.
   *
   * @param arrays as many and of the same shapes at all replicas
   */
  void copyFirst(List<NDArray> arrays);
}
