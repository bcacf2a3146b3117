package dev.facet.prepare.part;

import dev.facet.loader.data.EncodedImage;
import dev.facet.prepare.fetch.Download;
import dev.facet.prepare.fetch.Hosts;
import dev.facet.prepare.fetch.Trail;
import dev.facet.prepare.plan.Errand;
import dev.facet.prepare.plan.Ordinal;
import dev.facet.prepare.plan.PlannedRow;
import dev.facet.prepare.takedown.TakedownList;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * Fetches the pictures of rows. A virtual thread for each errand: it asks, has the answer looked at
 * by the {@link Makers}, and goes on to the next address of those rows that it does not satisfy, as
 * far as the hosts may be asked from here.
 */
final class ErrandRunner {
  /** No address of a row can be asked. */
  static final String NO_ADDRESS = "no_usable_url";

  /** Addresses that wait for their turn at once; far more than hosts are asked, to spread these. */
  private static final int WAITING = 16_384;

  /** Takes what comes of errands. Any number of threads may call it. */
  interface Results {
    void made(int part, Made made) throws IOException;

    /** A host is next that may not be asked from here. */
    void onward(Errand errand) throws IOException;
  }

  private final Map<Integer, String> files;
  private final Downloads downloads;
  private final Hosts hosts;
  private final Makers makers;
  private final TakedownList takedown;
  private final Semaphore turns = new Semaphore(WAITING);

  /**
   * @param files names by their number in ordinals
   * @param hosts that may be asked
   */
  ErrandRunner(
      Map<Integer, String> files,
      Downloads downloads,
      Hosts hosts,
      Makers makers,
      TakedownList takedown) {
    this.files = files;
    this.downloads = downloads;
    this.hosts = hosts;
    this.makers = makers;
    this.takedown = takedown;
  }

  /**
   * Runs errands; returns when everything is known of them.
   *
   * @param done ordinals of rows that need nothing done any more
   * @throws dev.facet.base.FacetException if the run cannot go on
   */
  void run(Iterable<Errand> errands, Set<Long> done, Results results)
      throws IOException, InterruptedException {
    try (Crew crew = new Crew()) {
      for (Errand errand : errands) {
        // Of one address they are one picture, so what is said of one row is said of all.
        boolean takenDown = errand.rows().stream().anyMatch(this::isTakenDown);
        List<PlannedRow> left =
            errand.rows().stream().filter(row -> !done.contains(row.ordinal())).toList();
        if (!left.isEmpty()) {
          turns.acquire();
          crew.start(
              () -> {
                try {
                  new Attempt(results).run(errand.of(left), takenDown);
                } finally {
                  turns.release();
                }
              });
        }
      }
      crew.join();
    }
  }

  private boolean isTakenDown(PlannedRow row) {
    return takedown.names(id(row), row.addresses(), null);
  }

  private String id(PlannedRow row) {
    String id = row.row().id();
    return id.isEmpty() ? file(row) + "#" + row.row().number() : id;
  }

  private String file(PlannedRow row) {
    return files.getOrDefault(Ordinal.file(row.ordinal()), "");
  }

  /** The tries of all rows with one first address. */
  private final class Attempt {
    private final Results results;

    Attempt(Results results) {
      this.results = results;
    }

    void run(Errand errand, boolean takenDown) throws IOException, InterruptedException {
      Trail trail = errand.trail();
      if (takenDown) {
        for (PlannedRow row : errand.rows()) {
          fail(errand.part(), row, RowMaker.TAKEN_DOWN, "it was taken down", "");
        }
      } else if (trail == null) {
        for (PlannedRow row : errand.rows()) {
          fail(errand.part(), row, NO_ADDRESS, "it names no http or https address", "");
        }
      } else {
        ask(errand, trail);
      }
    }

    /**
     * Asks the next address of each row, those with the same one together.
     *
     * @param rows of an errand
     * @param reason why its address is of no use to them
     */
    private void askNext(
        Errand errand, List<PlannedRow> rows, String reason, String detail, String host)
        throws IOException, InterruptedException {
      int next = errand.number() + 1;
      Map<URI, List<PlannedRow>> byAddress = new LinkedHashMap<>();
      for (PlannedRow row : rows) {
        if (next < row.addresses().size()) {
          byAddress
              .computeIfAbsent(row.addresses().get(next), address -> new ArrayList<>())
              .add(row);
        } else {
          fail(errand.part(), row, reason, detail, host);
        }
      }
      for (Map.Entry<URI, List<PlannedRow>> each : byAddress.entrySet()) {
        Trail trail = Trail.to(each.getKey());
        ask(new Errand(errand.part(), each.getValue(), next, trail), trail);
      }
    }

    private void ask(Errand errand, Trail trail) throws IOException, InterruptedException {
      if (!hosts.has(trail.host())) {
        results.onward(errand);
        return;
      }
      List<PlannedRow> rows = errand.rows();
      String host = rows.getFirst().addresses().get(errand.number()).getHost();
      RowMaker.Result result;
      try (Download download = downloads.fetch(trail, hosts)) {
        switch (download) {
          case Download.Failed failed -> {
            askNext(errand, rows, failed.reason(), failed.detail(), host);
            return;
          }
          case Download.Elsewhere elsewhere -> {
            results.onward(errand.from(elsewhere.trail()));
            return;
          }
          case Download.Body body -> {
            EncodedImage image = EncodedImage.of(body.bytes());
            List<Candidate> candidates = rows.stream().map(this::candidate).toList();
            result =
                Makers.result(
                    makers.begin(
                        maker -> maker.make(image, candidates, body.address().toString(), host)));
          }
        }
      }
      switch (result) {
        case RowMaker.Failed failed ->
            askNext(errand, rows, failed.why().reason(), failed.why().message(), host);
        case RowMaker.Found found -> {
          if (!found.made().record().rows().isEmpty()) {
            results.made(errand.part(), found.made());
          }
          Set<Long> others = Set.copyOf(found.others().stream().map(Candidate::ordinal).toList());
          List<PlannedRow> left =
              rows.stream().filter(row -> others.contains(row.ordinal())).toList();
          askNext(errand, left, RowMaker.MISMATCH, "its bytes have another SHA-256", host);
        }
      }
    }

    private void fail(int part, PlannedRow row, String reason, String detail, String host)
        throws IOException, InterruptedException {
      String source =
          row.addresses().isEmpty()
              ? String.join(", ", row.row().urls())
              : row.addresses().getLast().toString();
      boolean usable = !row.addresses().isEmpty();
      RowRecord record =
          Makers.result(
              makers.begin(
                  maker -> maker.failed(candidate(row), usable, reason, detail, source, host)));
      results.made(part, new Made(new PhotoRecord(null, List.of(record)), List.of()));
    }

    private Candidate candidate(PlannedRow row) {
      return new Candidate(
          row.ordinal(),
          file(row),
          row.row().number(),
          id(row),
          row.addresses().stream().map(URI::toString).toList(),
          row.row().captions(),
          row.row().boxes(),
          null,
          row.row().sha256());
    }
  }
}
