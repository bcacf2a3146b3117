package dev.facet.prepare.part;

import dev.facet.loader.data.EncodedImage;
import dev.facet.prepare.fetch.Download;
import dev.facet.prepare.fetch.Fetcher;
import dev.facet.prepare.plan.AddressPlan;
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
 * Rows whose pictures are fetched. A virtual thread for each address: it asks, has the answer
 * looked at by the {@link Makers}, and goes on to the next address of those rows that it does not
 * satisfy.
 */
final class AddressRows implements Rows {
  /** No address of a row can be asked. */
  static final String NO_ADDRESS = "no_usable_url";

  /** Addresses that wait for their turn at once; far more than hosts are asked, to spread these. */
  private static final int WAITING = 16_384;

  private final AddressPlan plan;
  private final Map<Integer, String> files;
  private final Fetcher fetcher;
  private final Makers makers;
  private final TakedownList takedown;
  private final Semaphore turns = new Semaphore(WAITING);

  AddressRows(AddressPlan plan, Fetcher fetcher, Makers makers, TakedownList takedown) {
    this.plan = plan;
    this.files = plan.files();
    this.fetcher = fetcher;
    this.makers = makers;
    this.takedown = takedown;
  }

  @Override
  public void make(int part, Set<Long> done, Sink sink) throws IOException, InterruptedException {
    try (Crew crew = new Crew()) {
      for (List<PlannedRow> group : plan.part(part)) {
        // Of one address they are one picture, so what is said of one row is said of all.
        boolean takenDown = group.stream().anyMatch(this::isTakenDown);
        List<PlannedRow> left =
            group.stream().filter(row -> !done.contains(row.ordinal())).toList();
        if (!left.isEmpty()) {
          turns.acquire();
          crew.start(
              () -> {
                try {
                  new Attempt(sink).run(left, takenDown);
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
    private final Sink sink;

    Attempt(Sink sink) {
      this.sink = sink;
    }

    void run(List<PlannedRow> rows, boolean takenDown) throws IOException, InterruptedException {
      if (!takenDown) {
        ask(rows, 0, NO_ADDRESS, "it names no http or https address", "");
        return;
      }
      for (PlannedRow row : rows) {
        fail(row, RowMaker.TAKEN_DOWN, "it was taken down", "");
      }
    }

    /**
     * Asks the next address of each row, those with the same one together.
     *
     * @param next number of the address among those of a row
     * @param reason why the one before it is of no use
     */
    private void ask(List<PlannedRow> rows, int next, String reason, String detail, String host)
        throws IOException, InterruptedException {
      Map<URI, List<PlannedRow>> byAddress = new LinkedHashMap<>();
      for (PlannedRow row : rows) {
        if (next < row.addresses().size()) {
          byAddress
              .computeIfAbsent(row.addresses().get(next), address -> new ArrayList<>())
              .add(row);
        } else {
          fail(row, reason, detail, host);
        }
      }
      for (Map.Entry<URI, List<PlannedRow>> each : byAddress.entrySet()) {
        fetch(each.getKey(), each.getValue(), next);
      }
    }

    private void fetch(URI address, List<PlannedRow> rows, int number)
        throws IOException, InterruptedException {
      String host = address.getHost();
      RowMaker.Result result;
      try (Download download = fetcher.fetch(address)) {
        switch (download) {
          case Download.Failed failed -> {
            ask(rows, number + 1, failed.reason(), failed.detail(), host);
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
            ask(rows, number + 1, failed.why().reason(), failed.why().message(), host);
        case RowMaker.Found found -> {
          if (!found.made().record().rows().isEmpty()) {
            sink.add(found.made());
          }
          Set<Long> others = Set.copyOf(found.others().stream().map(Candidate::ordinal).toList());
          List<PlannedRow> left =
              rows.stream().filter(row -> others.contains(row.ordinal())).toList();
          ask(left, number + 1, RowMaker.MISMATCH, "its bytes have another SHA-256", host);
        }
      }
    }

    private void fail(PlannedRow row, String reason, String detail, String host)
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
      sink.add(new Made(new PhotoRecord(null, List.of(record)), List.of()));
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
