package dev.facet.prepare;

import dev.facet.base.FacetException;
import dev.facet.prepare.part.PartProgress;
import dev.facet.prepare.plan.AddressPlan;
import dev.facet.prepare.plan.DatasetPlan;
import dev.facet.prepare.takedown.TakedownList;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/**
 * Who makes the parts of plans, with the same code wherever it runs: this process, or a cluster.
 * What is made of a part does not depend on who made it, so one engine can go on where another
 * stopped.
 */
public interface Engine extends AutoCloseable {
  /**
   * What there is to do.
   *
   * @param source file or folder
   * @param out folder of the shards
   * @param plans folder that keeps the plans
   * @param parts folder for the parts, each under {@link dev.facet.prepare.part.Parts#spool}
   */
  record Work(
      PrepareSettings settings,
      Path source,
      Path out,
      Path plans,
      Path parts,
      TakedownList takedown,
      PartProgress progress) {}

  /**
   * Brings to this machine what an earlier one kept of a preparation, if that is elsewhere.
   *
   * @param out folder of the shards
   */
  default void begin(Path out) throws IOException {}

  /**
   * Brings a source to this machine that lies elsewhere.
   *
   * @return where it is then
   * @throws FacetException if there is nothing, or this engine reaches no other place
   */
  default Path bring(URI source, Path out) throws IOException {
    throw FacetException.usage(
        "--source %s: this process reads files and folders of its machine: copy it there"
            .formatted(source));
  }

  /** Keeps elsewhere what is finished, where that is wanted. */
  default void end(Path out) throws IOException {}

  /** This process. */
  static Engine local() {
    return new LocalEngine();
  }

  /**
   * Makes all parts of a plan that are not made yet, by fetching what it names.
   *
   * @param number of the plan
   * @throws FacetException if it cannot go on; what was done is kept
   */
  void fetch(Work work, int number, AddressPlan plan) throws IOException, InterruptedException;

  /**
   * Makes all parts of a plan that are not made yet, of pictures that are there.
   *
   * @throws FacetException if it cannot go on; what was done is kept
   */
  void read(Work work, DatasetPlan plan) throws IOException, InterruptedException;

  @Override
  void close();
}
