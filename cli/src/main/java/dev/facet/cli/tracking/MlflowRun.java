package dev.facet.cli.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.base.Staged;
import dev.facet.cli.tracking.MlflowServer.Metric;
import dev.facet.eval.log.EvalLine;
import dev.facet.eval.retrieval.Direction;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A training run as MLflow sees it. All is sent by a thread of its own: a server that is slow, down
 * or away costs the run nothing but figures there, which are counted, and is told of once. A
 * resumed run goes on in the same run of MLflow's.
 */
public final class MlflowRun implements AutoCloseable {
  /** Where a run directory keeps which run of MLflow's it is. */
  private static final String FILE = "mlflow.json";

  /** Figures that wait to be sent; more are dropped. */
  private static final int MOST_WAITING = 10_000;

  /** Figures in a request, at most; the API takes 1,000. */
  private static final int BATCH = 500;

  /** How long the end of a run waits for what is left to be sent. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(20);

  /** How long nothing is tried after a failure. */
  private static final Duration REST = Duration.ofSeconds(30);

  /**
   * What is told of a run.
   *
   * @param server address of the tracking server
   * @param parameters its settings
   * @param folder its directory
   */
  public record Told(
      URI server, String experiment, String name, Map<String, String> parameters, Path folder) {}

  private final Told told;
  private final Consumer<String> note;
  private final MlflowServer server;
  private final BlockingQueue<Metric> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicLong lost = new AtomicLong();
  private final Thread sender;
  private MlflowServer.@Nullable Run run;
  private boolean described;
  private boolean complained;
  private volatile boolean begun;
  private volatile @Nullable End end;

  private record End(String status, List<Path> files) {}

  private MlflowRun(Told told, Consumer<String> note) {
    this.told = told;
    this.note = note;
    this.server = new MlflowServer(told.server());
    this.sender = Thread.ofPlatform().daemon().name("mlflow").unstarted(this::send);
  }

  /**
   * Begins to tell.
   *
   * @param note told once where nothing can be sent, from another thread
   */
  public static MlflowRun start(Told told, Consumer<String> note) {
    MlflowRun run = new MlflowRun(told, note);
    run.sender.start();
    return run;
  }

  /** Hands over what an evaluation found, under the names that TensorBoard has too. */
  public void evaluation(EvalLine line) {
    direction("eval/" + line.set() + "/i2t_", line.imageToText(), line.step());
    direction("eval/" + line.set() + "/t2i_", line.textToImage(), line.step());
  }

  private void direction(String prefix, Direction direction, long step) {
    metric(prefix + "r1", direction.r1(), step);
    metric(prefix + "r5", direction.r5(), step);
    metric(prefix + "r10", direction.r10(), step);
    metric(prefix + "median_rank", direction.medianRank(), step);
    metric(prefix + "mrr", direction.mrr(), step);
  }

  /**
   * Hands over a figure; one that is not finite is left out. Until the first nothing is sent, so
   * that a start that comes to nothing makes no run there.
   */
  public void metric(String key, double value, long step) {
    begun = true;
    if (Double.isFinite(value) && !waiting.offer(new Metric(key, value, Instant.now(), step))) {
      lost.incrementAndGet();
    }
  }

  /** Whether there is anything to tell: else no run is made there. */
  public boolean begun() {
    return begun;
  }

  /**
   * Sends what is left, files and how the run ended, for some seconds at most.
   *
   * @param finished false if it was stopped
   * @param files those that are there go along
   */
  public void end(boolean finished, List<Path> files) throws InterruptedException {
    begun = true;
    end = new End(finished ? "FINISHED" : "KILLED", files);
    sender.join(LAST_WORDS);
  }

  /** Without {@link #end} before, the run failed. */
  @Override
  public void close() {
    try {
      if (end == null && begun) {
        end = new End("FAILED", List.of());
        sender.join(LAST_WORDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sender.interrupt();
    server.close();
    long count = lost.get() + waiting.size();
    if (count > 0) {
      note.accept(
          String.format(
              Locale.ROOT,
              "MLflow at %s did not take %,d figures; metrics.jsonl has them",
              told.server(),
              count));
    }
  }

  private void send() {
    Instant rest = Instant.MIN;
    try {
      while (true) {
        End last = end;
        List<Metric> batch = next(last == null);
        if (batch.isEmpty() && last != null) {
          finish(last);
          return;
        }
        if (batch.isEmpty() && last == null) {
          continue;
        }
        if (last == null && Instant.now().isBefore(rest)) {
          lost.addAndGet(batch.size());
          continue;
        }
        try {
          server.metrics(open(), batch);
        } catch (InterruptedException e) {
          lost.addAndGet(batch.size());
          throw e;
        } catch (IOException | RuntimeException e) {
          lost.addAndGet(batch.size());
          complain(e);
          rest = Instant.now().plus(REST);
          if (last != null) {
            finish(last);
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      // The run has no more time for this.
    }
  }

  private List<Metric> next(boolean wait) throws InterruptedException {
    List<Metric> batch = new ArrayList<>();
    Metric first = wait ? waiting.poll(1, TimeUnit.SECONDS) : waiting.poll();
    if (first != null) {
      batch.add(first);
      waiting.drainTo(batch, BATCH - 1);
    }
    return batch;
  }

  private void finish(End last) throws InterruptedException {
    try {
      MlflowServer.Run open = open();
      server.update(open.id(), last.status(), Instant.now());
      for (Path file : last.files()) {
        if (Files.exists(file)) {
          server.artifact(open, file);
        }
      }
    } catch (IOException | RuntimeException e) {
      complain(e);
    }
  }

  private MlflowServer.Run open() throws IOException, InterruptedException {
    MlflowServer.Run open = run;
    if (open == null) {
      String before = before();
      if (before == null) {
        open = server.create(server.experiment(told.experiment()), told.name(), Instant.now());
        remember(open);
      } else {
        open = server.resume(before);
        described = true;
      }
      run = open;
    }
    if (!described) {
      described = true;
      try {
        server.parameters(open, told.parameters());
      } catch (IOException e) {
        complain(e); // a server that refuses them takes figures all the same
      }
    }
    return open;
  }

  /** Where it cannot be written, a resumed run is another run there. */
  private void remember(MlflowServer.Run open) {
    ObjectNode mine = Json.LINE.createObjectNode();
    mine.put("server", told.server().toString());
    mine.put("run_id", open.id());
    try {
      Staged.write(told.folder().resolve(FILE), Json.PRETTY.writeValueAsString(mine) + "\n");
    } catch (IOException e) {
      complain(e);
    }
  }

  /** The run that this one was on the same server; null where it was none. */
  private @Nullable String before() throws IOException {
    Path file = told.folder().resolve(FILE);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      JsonNode mine = Json.read(file, JsonNode.class);
      return mine.path("server").asText().equals(told.server().toString())
          ? mine.path("run_id").asText()
          : null;
    } catch (FacetException e) {
      return null; // torn, so nobody knows
    }
  }

  private void complain(Exception e) {
    if (!complained) {
      complained = true;
      note.accept(
          "MLflow at %s is not told of this run (%s); the run goes on"
              .formatted(
                  told.server(),
                  e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
    }
  }
}
