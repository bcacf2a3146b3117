package dev.facet.eval.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A linear axis with round ticks.
 *
 * @param min value at its beginning
 * @param max value at its end
 * @param step distance of ticks: 1, 2 or 5 times a power of ten
 */
record Axis(double min, double max, double step) {

  /** Begins and ends at round numbers around a range, with about so many ticks. */
  static Axis around(double low, double high, int ticks) {
    double span = high > low ? high - low : Math.max(Math.abs(high), 1) * 0.1;
    double step = roundStep(span / ticks);
    double min = Math.floor(low / step + 1e-9) * step;
    double max = Math.ceil(high / step - 1e-9) * step;
    return new Axis(min, max > min ? max : min + step, step);
  }

  /** Ends exactly at a positive number, and begins at 0. */
  static Axis upTo(double high, int ticks) {
    return new Axis(0, high, roundStep(high / ticks));
  }

  private static double roundStep(double atLeast) {
    double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
    double factor = atLeast / power;
    return power * (factor > 5 ? 10 : factor > 2 ? 5 : factor > 1 ? 2 : 1);
  }

  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; min + i * step <= max + 1e-9 * step; i++) {
      ticks.add(min + i * step);
    }
    return ticks;
  }

  /** A tick's label, with as many decimals as tell it from its neighbours. */
  String label(double tick) {
    if (step >= 1000 && max >= 10_000) {
      return String.format(Locale.ROOT, "%,.0fk", tick / 1000)
          .replace("0k", tick == 0 ? "0" : "0k");
    }
    int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
    return String.format(Locale.ROOT, "%,." + decimals + "f", tick);
  }

  /** Where a value lies, from 0 at min to 1 at max. */
  double share(double value) {
    return (value - min) / (max - min);
  }
}
