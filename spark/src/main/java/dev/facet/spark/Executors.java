package dev.facet.spark;

import dev.facet.base.PinnedArrays;
import java.nio.file.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkFiles;

/** What a task has of the machine that it runs on. */
final class Executors {
  private Executors() {}

  /**
   * Refuses a Java that would damage data.
   *
   * @throws dev.facet.base.FacetException with the cure
   */
  static void check() {
    PinnedArrays.check();
  }

  /** Cores that Spark gives to each task. */
  static int cores() {
    return SparkEnv.get().conf().getInt("spark.task.cpus", 1);
  }

  /** A folder on a disk of this machine's, which goes with the executor. */
  static Path scratch() {
    return Path.of(SparkFiles.getRootDirectory());
  }
}
