package dev.facet.eval.probe;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Where a convex function is least: limited-memory BFGS (Nocedal and Wright, Numerical
 * Optimization, 2nd edition, algorithms 7.4 and 7.5) with a line search that halves the step until
 * the function falls enough (3.1 there). Of a strictly convex function curvature is positive along
 * every step, so no second condition is needed.
 *
 * @param point where it ended
 * @param converged whether no number of the gradient is above the tolerance
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Lbfgs(double[] point, boolean converged) {
  private static final int MEMORY = 10;
  private static final double FALLS = 1e-4;
  private static final int HALVINGS = 40;

  /** A step with the change of the gradient along it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Step(double[] moved, double[] bent, double product) {}

  /**
   * Goes down from 0.
   *
   * @param size numbers of a point
   * @param tolerance of the largest number of the gradient
   * @param most steps
   */
  static Lbfgs least(Smooth function, int size, double tolerance, int most) {
    double[] point = new double[size];
    double[] gradient = new double[size];
    double value = function.at(point, gradient);
    Deque<Step> memory = new ArrayDeque<>();
    for (int step = 0; step < most; step++) {
      if (largest(gradient) <= tolerance) {
        return new Lbfgs(point, true);
      }
      double[] direction = direction(gradient, memory);
      double slope = dot(direction, gradient);
      double length = memory.isEmpty() ? 1 / Math.max(1, Math.sqrt(dot(gradient, gradient))) : 1;
      double[] next = new double[size];
      double[] nextGradient = new double[size];
      double nextValue = Double.NaN;
      boolean fell = false;
      for (int halving = 0; halving < HALVINGS && !fell; halving++, length /= 2) {
        for (int i = 0; i < size; i++) {
          next[i] = point[i] + length * direction[i];
        }
        nextValue = function.at(next, nextGradient);
        fell = nextValue <= value + FALLS * length * slope;
      }
      if (!fell) {
        return new Lbfgs(point, false); // as far down as the precision of sums goes
      }
      remember(memory, minus(next, point), minus(nextGradient, gradient));
      point = next;
      gradient = nextGradient;
      value = nextValue;
    }
    return new Lbfgs(point, largest(gradient) <= tolerance);
  }

  private static void remember(Deque<Step> memory, double[] moved, double[] bent) {
    double product = dot(moved, bent);
    if (product > 0) {
      if (memory.size() == MEMORY) {
        memory.removeFirst();
      }
      memory.addLast(new Step(moved, bent, product));
    }
  }

  /** Down, by the curvature of the last steps. */
  private static double[] direction(double[] gradient, Deque<Step> memory) {
    double[] direction = gradient.clone();
    double[] shares = new double[memory.size()];
    int i = shares.length;
    for (Iterator<Step> newest = memory.descendingIterator(); newest.hasNext(); ) {
      Step step = newest.next();
      shares[--i] = dot(step.moved, direction) / step.product;
      add(direction, -shares[i], step.bent);
    }
    Step last = memory.peekLast();
    if (last != null) {
      double scale = last.product / dot(last.bent, last.bent);
      for (int k = 0; k < direction.length; k++) {
        direction[k] *= scale;
      }
    }
    for (Step step : memory) {
      add(direction, shares[i++] - dot(step.bent, direction) / step.product, step.moved);
    }
    for (int k = 0; k < direction.length; k++) {
      direction[k] = -direction[k];
    }
    return direction;
  }

  private static void add(double[] to, double times, double[] some) {
    for (int i = 0; i < to.length; i++) {
      to[i] += times * some[i];
    }
  }

  private static double[] minus(double[] a, double[] b) {
    double[] difference = a.clone();
    add(difference, -1, b);
    return difference;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double largest(double[] numbers) {
    double largest = 0;
    for (double number : numbers) {
      largest = Math.max(largest, Math.abs(number));
    }
    return largest;
  }
}
