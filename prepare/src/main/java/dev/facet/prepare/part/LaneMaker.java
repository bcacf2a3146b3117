package dev.facet.prepare.part;

import dev.facet.prepare.fetch.FetchSettings;
import dev.facet.prepare.fetch.Fetcher;
import dev.facet.prepare.fetch.Hosts;
import dev.facet.prepare.plan.Errand;
import dev.facet.prepare.takedown.TakedownList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes what the hosts of one lane give for rows of many parts. */
public final class LaneMaker implements AutoCloseable {
  private final Fetcher fetcher;
  private final Makers makers;
  private final ErrandRunner runner;

  /**
   * @param threads that decode, cut and encode
   * @param files names by their number in ordinals
   * @param hosts of the lane
   */
  public LaneMaker(
      int threads,
      FetchSettings fetch,
      PartSettings settings,
      TakedownList takedown,
      Map<Integer, String> files,
      Hosts hosts) {
    this.fetcher = new Fetcher(fetch);
    this.makers = new Makers(threads, settings, takedown);
    this.runner = new ErrandRunner(files, fetcher::fetch, hosts, makers, takedown);
  }

  /**
   * Runs errands.
   *
   * @param scratch file that may be used until the result is closed
   * @throws dev.facet.base.FacetException if the run cannot go on
   */
  public LaneSpool make(List<Errand> errands, Path scratch)
      throws IOException, InterruptedException {
    LaneSpool spool = new LaneSpool(scratch);
    try {
      runner.run(
          errands,
          Set.of(),
          new ErrandRunner.Results() {
            @Override
            public void made(int part, Made made) throws IOException {
              spool.add(part, made);
            }

            @Override
            public void onward(Errand errand) throws IOException {
              spool.addOnward(errand);
            }
          });
      return spool;
    } catch (Throwable e) {
      spool.close();
      throw e;
    }
  }

  @Override
  public void close() {
    fetcher.close();
    makers.close();
  }
}
