package dev.facet.prepare.part;

import dev.facet.prepare.plan.AddressPlan;
import dev.facet.prepare.plan.Errand;
import java.io.IOException;
import java.util.Set;

/** Rows whose pictures are fetched, from whichever host. */
final class AddressRows implements Rows {
  private final AddressPlan plan;
  private final ErrandRunner runner;

  AddressRows(AddressPlan plan, ErrandRunner runner) {
    this.plan = plan;
    this.runner = runner;
  }

  @Override
  public void make(int part, Set<Long> done, Sink sink) throws IOException, InterruptedException {
    runner.run(
        plan.part(part),
        done,
        new ErrandRunner.Results() {
          @Override
          public void made(int its, Made made) throws IOException {
            sink.add(made);
          }

          @Override
          public void onward(Errand errand) {
            throw new IllegalStateException("every host may be asked, and " + errand + " is left");
          }
        });
  }
}
