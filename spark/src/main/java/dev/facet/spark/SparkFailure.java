package dev.facet.spark;

import dev.facet.base.FacetException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;

/** What Spark says of a job that failed, in the words of the task that did. */
final class SparkFailure {
  private static final Pattern OURS =
      Pattern.compile(
          Pattern.quote(FacetException.class.getName()) + ": (.*?)(?:\\R\\s+at |\\RCaused by|\\z)",
          Pattern.DOTALL);

  private SparkFailure() {}

  /**
   * Runs a job.
   *
   * @throws FacetException if it failed; what its tasks committed stays
   */
  static <T> T told(Supplier<T> job) {
    try {
      return job.get();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      // Scala declares none, so the compiler knows of none.
      if (e instanceof SparkException) {
        throw FacetException.run(message(String.valueOf(e.getMessage())), e);
      }
      throw e;
    }
  }

  static String message(String told) {
    Matcher ours = OURS.matcher(told);
    if (ours.find()) {
      return ours.group(1).strip();
    }
    String first = told.lines().findFirst().orElse("");
    return "the Spark job failed: "
        + first
        + ". What was done stays done: mend that and run the same command again";
  }
}
