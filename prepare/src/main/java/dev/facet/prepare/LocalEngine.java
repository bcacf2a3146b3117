package dev.facet.prepare;

import dev.facet.prepare.fetch.Fetcher;
import dev.facet.prepare.part.Makers;
import dev.facet.prepare.part.Parts;
import dev.facet.prepare.plan.AddressPlan;
import dev.facet.prepare.plan.DatasetPlan;
import java.io.IOException;

/** Makes parts with the threads of this process. */
final class LocalEngine implements Engine {
  @Override
  public void fetch(Work work, int number, AddressPlan plan)
      throws IOException, InterruptedException {
    try (Makers makers = makers(work);
        Fetcher fetcher = new Fetcher(work.settings().fetch())) {
      new Parts(work.parts(), work.progress())
          .fetch(number, plan, fetcher, makers, work.takedown());
    }
  }

  @Override
  public void read(Work work, DatasetPlan plan) throws IOException, InterruptedException {
    try (Makers makers = makers(work)) {
      new Parts(work.parts(), work.progress()).read(plan, makers);
    }
  }

  private static Makers makers(Work work) {
    PrepareSettings settings = work.settings();
    return new Makers(settings.workers(), settings.part(), work.takedown());
  }

  @Override
  public void close() {}
}
