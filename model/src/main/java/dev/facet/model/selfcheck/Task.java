package dev.facet.model.selfcheck;

/**
 * An operation as a run uses it.
 *
 * @param size of its full batches
 * @param gradients whether they are computed too
 * @param work that all of the run has with it, see {@link Cost#work}
 */
record Task(Part part, Size size, boolean gradients, double work) {
  Cost cost(Size size) {
    return part.cost(size, gradients);
  }
}
