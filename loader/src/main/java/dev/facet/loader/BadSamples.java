package dev.facet.loader;

import dev.facet.base.FacetException;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.quarantine.Quarantine;
import dev.facet.loader.stats.Counters;
import dev.facet.loader.stats.LoaderStats;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Counts and quarantines bad samples, and says when there are too many of them. */
final class BadSamples {
  /** Before that many samples a share says nothing. */
  private static final int ENOUGH = 100;

  private final String dataset;
  private final double maxFraction;
  private final Counters counters;
  private final Quarantine quarantine;

  BadSamples(String dataset, double maxFraction, Counters counters, Quarantine quarantine) {
    this.dataset = dataset;
    this.maxFraction = maxFraction;
    this.counters = counters;
    this.quarantine = quarantine;
  }

  /**
   * Notes a bad sample.
   *
   * @throws FacetException if there are too many
   */
  void add(long row, String id, String source, BadSampleException cause) {
    counters.addBad(cause.reason());
    quarantine.add(row, id, source, cause);
    if (isBeyondChance()) {
      throw tooMany(counters.snapshot(0));
    }
  }

  /**
   * Called at the end of the data, which may come before there were enough samples to judge, or
   * long after the last bad one.
   *
   * @param complete whether an epoch was read from its beginning: then few samples are all there
   *     are, while the few that a resumed run has left say nothing
   * @throws FacetException if too many samples were bad, or all of them
   */
  void end(boolean complete) {
    long samples = counters.samples();
    boolean judged = complete || samples >= ENOUGH;
    if ((judged && isTooMany()) || (samples > 0 && counters.badTotal() == samples)) {
      throw tooMany(counters.snapshot(0));
    }
  }

  /**
   * Whether there are more bad samples so far than chance would give if just as many as allowed
   * were bad: more than three standard deviations of a binomial distribution above its mean.
   */
  private boolean isBeyondChance() {
    long samples = counters.samples();
    double mean = maxFraction * samples;
    double deviation = Math.sqrt(mean * (1 - maxFraction));
    return samples >= ENOUGH && counters.badTotal() > mean + 3 * deviation;
  }

  private boolean isTooMany() {
    return counters.badTotal() > maxFraction * counters.samples();
  }

  private FacetException tooMany(LoaderStats now) {
    Map.Entry<Reason, Long> main =
        now.bad().entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    Path file = quarantine.path();
    return FacetException.run(
        String.format(
            Locale.ROOT,
            "%.1f%% of the samples of %s cannot be used (%d of %d), more than the %.1f%% allowed;"
                + " main reason: %s (%d). %s. Mend the data, or allow more with"
                + " data.max_bad_fraction",
            100.0 * now.badTotal() / now.samples(),
            dataset,
            now.badTotal(),
            now.samples(),
            100 * maxFraction,
            main.getKey().name().toLowerCase(Locale.ROOT),
            main.getValue(),
            file == null
                ? "Training lists each in its run directory, facet eval with --out"
                : "Each is listed in " + file));
  }
}
