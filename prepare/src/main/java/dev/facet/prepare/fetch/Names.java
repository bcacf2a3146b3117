package dev.facet.prepare.fetch;

import dev.facet.prepare.fetch.address.AddressRules;
import dev.facet.prepare.fetch.address.WebAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/**
 * From hosts to addresses that may be asked. The system's look-up blocks the thread it runs on, a
 * virtual one's carrier too, for up to half a minute where name servers are silent: so it has
 * threads of its own, and whoever waits for it leaves at the end of his time.
 */
final class Names implements AutoCloseable {
  /** The system's look-up, or a test's. */
  interface LookUp {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  /** Longer than Java remembers that a name was not found (networkaddress.cache.negative.ttl). */
  static final Duration MEMORY = Duration.ofSeconds(11);

  /** Look-ups at once. */
  private static final int AT_ONCE = 256;

  private final LookUp lookUp;
  private final AddressRules rules;
  private final Semaphore turns = new Semaphore(AT_ONCE);
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("facet-fetch-name-", 0).factory());

  Names(LookUp lookUp, AddressRules rules) {
    this.lookUp = lookUp;
    this.rules = rules;
  }

  /** At least one, in the system's order. Connections must be made to these very objects. */
  List<InetAddress> permitted(String host, TimeLimit limit)
      throws FetchFailure, InterruptedException {
    InetAddress literal = WebAddress.literal(host);
    InetAddress[] all = literal != null ? new InetAddress[] {literal} : lookUp(host, limit);
    List<InetAddress> permitted =
        Stream.of(all).filter(address -> rules.permit(host, address)).toList();
    if (permitted.isEmpty()) {
      throw FetchFailure.lasting(
          Reason.PRIVATE_ADDRESS,
          "%s is %s, which is not on the public network (fetch.allow)"
              .formatted(host, all.length == 0 ? "nowhere" : all[0].getHostAddress()));
    }
    return permitted;
  }

  private InetAddress[] lookUp(String host, TimeLimit limit)
      throws FetchFailure, InterruptedException {
    limit.pause();
    try {
      turns.acquire();
    } finally {
      limit.goOn();
    }
    CompletableFuture<InetAddress[]> answer = new CompletableFuture<>();
    try {
      limit.guard(() -> answer.cancel(false));
      threads.execute(() -> answer(host, answer));
    } catch (Throwable e) {
      turns.release();
      throw e;
    }
    try {
      return answer.get();
    } catch (CancellationException e) {
      throw FetchFailure.unanswered(
          Reason.DNS_FAILURE, "no name server told the address of " + host + " in time", host);
    } catch (ExecutionException e) {
      String words = String.valueOf(e.getCause());
      String detail = "the address of " + host + " cannot be found: " + words;
      throw words.contains("emporary")
          ? FetchFailure.unanswered(Reason.DNS_FAILURE, detail, host)
          : FetchFailure.unknown(Reason.DNS_FAILURE, detail, host);
    }
  }

  private void answer(String host, CompletableFuture<InetAddress[]> answer) {
    try {
      answer.complete(lookUp.addresses(host));
    } catch (UnknownHostException e) {
      answer.completeExceptionally(e);
    } catch (Throwable e) {
      answer.completeExceptionally(e);
      throw e;
    } finally {
      turns.release();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
