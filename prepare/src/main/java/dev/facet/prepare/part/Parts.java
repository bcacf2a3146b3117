package dev.facet.prepare.part;

import dev.facet.base.FacetException;
import dev.facet.prepare.fetch.Fetcher;
import dev.facet.prepare.fetch.Hosts;
import dev.facet.prepare.plan.AddressPlan;
import dev.facet.prepare.plan.DatasetPlan;
import dev.facet.prepare.takedown.TakedownList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/** Makes the parts of plans, each kept in a file of its own; those that are done are left alone. */
public final class Parts {
  /**
   * Parts that are under way at once, where servers are waited for: while the last rows of one
   * wait, the next ones have begun.
   */
  private static final int AT_ONCE = 4;

  private final Path folder;
  private final PartProgress progress;

  /**
   * @param folder that keeps the parts
   */
  public Parts(Path folder, PartProgress progress) {
    this.folder = folder;
    this.progress = progress;
  }

  /** The file of a part. */
  public static Path spool(Path folder, int plan, int part) {
    return folder.resolve(String.format(Locale.ROOT, "%03d-%05d.spool", plan, part));
  }

  /**
   * Fetches what a plan names.
   *
   * @param number of the plan
   * @throws FacetException if the run cannot go on
   */
  public void fetch(
      int number, AddressPlan plan, Fetcher fetcher, Makers makers, TakedownList takedown)
      throws IOException, InterruptedException {
    Downloads downloads =
        new KeptDownloads(
            folder.resolve(String.format(Locale.ROOT, "%03d-shared", number)),
            plan.shared(),
            fetcher::fetch);
    make(
        number,
        plan.parts(),
        AT_ONCE,
        new AddressRows(
            plan, new ErrandRunner(plan.files(), downloads, Hosts.ALL, makers, takedown)));
  }

  /**
   * Reads what is there.
   *
   * @throws FacetException if the run cannot go on
   */
  public void read(DatasetPlan plan, Makers makers) throws IOException, InterruptedException {
    make(0, plan.parts(), 1, new DatasetRows(plan, makers));
  }

  /**
   * Reads what is there of one part.
   *
   * @throws FacetException if the run cannot go on
   */
  public void read(DatasetPlan plan, int part, Makers makers)
      throws IOException, InterruptedException {
    make(spool(folder, 0, part), part, new DatasetRows(plan, makers));
  }

  private void make(int plan, int parts, int atOnce, Rows rows)
      throws IOException, InterruptedException {
    List<Integer> left = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      if (!Spool.isDone(spool(folder, plan, part))) {
        left.add(part);
      }
    }
    Iterator<Integer> next = left.iterator();
    try (Crew crew = new Crew()) {
      for (int i = 0; i < atOnce; i++) {
        crew.start(
            () -> {
              for (int part = take(next); part >= 0; part = take(next)) {
                make(spool(folder, plan, part), part, rows);
              }
            });
      }
      crew.join();
    }
  }

  private static int take(Iterator<Integer> parts) {
    synchronized (parts) {
      return parts.hasNext() ? parts.next() : -1;
    }
  }

  private void make(Path target, int part, Rows rows) throws IOException, InterruptedException {
    try (Spool spool = Spool.open(target)) {
      progress.found(spool.done().size());
      rows.make(
          part,
          spool.done(),
          made -> {
            spool.append(made);
            progress.made(made.record());
          });
      spool.commit();
    }
  }
}
