package dev.facet.prepare.part;

import dev.facet.base.Json;
import dev.facet.base.Sha256;
import dev.facet.base.Staged;
import dev.facet.prepare.fetch.Download;
import dev.facet.prepare.fetch.Hosts;
import dev.facet.prepare.fetch.Trail;
import dev.facet.prepare.plan.SharedAddresses;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Asks addresses, those that rows share once for all of them: what came of one lies in a file until
 * the plan is finished, so that no other part and no later process asks again.
 */
final class KeptDownloads implements Downloads {
  /** Bodies from files that are in memory at once; the fetcher's budget does not count them. */
  private static final int IN_MEMORY = 16;

  /**
   * What came of an address; the body is a file beside it, which is there first.
   *
   * @param reason why there is no body; null if there is one
   */
  private record Outcome(
      @Nullable String reason, String detail, String address, int status, String contentType) {}

  private final Path folder;
  private final SharedAddresses shared;
  private final Downloads asker;
  private final Semaphore memory = new Semaphore(IN_MEMORY);
  private final Map<URI, CountDownLatch> underWay = new ConcurrentHashMap<>();

  /**
   * @param folder of this plan alone
   * @param asker of addresses that nothing is known of
   */
  KeptDownloads(Path folder, SharedAddresses shared, Downloads asker) {
    this.folder = folder;
    this.shared = shared;
    this.asker = asker;
  }

  @Override
  public Download fetch(Trail trail, Hosts hosts) throws IOException, InterruptedException {
    URI address = trail.next();
    if (!trail.seen().isEmpty() || !shared.has(address)) {
      return asker.fetch(trail, hosts);
    }
    CountDownLatch mine = new CountDownLatch(1);
    for (CountDownLatch other = underWay.putIfAbsent(address, mine);
        other != null;
        other = underWay.putIfAbsent(address, mine)) {
      other.await();
    }
    try {
      Path file = file(address);
      Download kept = Files.exists(file) ? read(file) : null;
      return kept == null ? keep(file, asker.fetch(trail, hosts)) : kept;
    } finally {
      underWay.remove(address);
      mine.countDown();
    }
  }

  private Path file(URI address) {
    String name = Sha256.hex(address.toString());
    return folder.resolve(name.substring(0, 2)).resolve(name);
  }

  private Download read(Path file) throws IOException, InterruptedException {
    Outcome outcome = Json.read(file, Outcome.class);
    if (outcome.reason != null) {
      return new Download.Failed(outcome.reason, outcome.detail);
    }
    memory.acquire();
    AtomicBoolean held = new AtomicBoolean(true);
    Runnable release =
        () -> {
          if (held.getAndSet(false)) {
            memory.release();
          }
        };
    try {
      return new Download.Body(
          Files.readAllBytes(body(file)),
          URI.create(outcome.address),
          outcome.status,
          outcome.contentType,
          release);
    } catch (IOException | RuntimeException e) {
      release.run();
      throw e;
    }
  }

  private static Download keep(Path file, Download download) throws IOException {
    try {
      switch (download) {
        case Download.Body body -> {
          try (Staged staged = Staged.file(body(file))) {
            Files.write(staged.path(), body.bytes());
            staged.commit();
          }
          write(
              file,
              new Outcome(null, "", body.address().toString(), body.status(), body.contentType()));
        }
        case Download.Failed failed ->
            write(file, new Outcome(failed.reason(), failed.detail(), "", 0, ""));
        case Download.Elsewhere _ -> {}
      }
      return download;
    } catch (IOException | RuntimeException e) {
      download.close();
      throw e;
    }
  }

  private static void write(Path file, Outcome outcome) throws IOException {
    Staged.write(file, Json.LINE.writeValueAsString(outcome));
  }

  private static Path body(Path file) {
    return file.resolveSibling(file.getFileName() + ".body");
  }
}
