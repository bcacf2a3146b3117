package dev.facet.prepare.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class BodyMemoryTest {
  /** All hold a part and want more: one is let through, the rest wait until it is closed. */
  @Test
  void whereAllIsTakenOneGoesOnAndTheOthersWait() throws Exception {
    try (TimeLimits limits = new TimeLimits(new FakeTime());
        TimeLimit limit = limits.start(1);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      BodyMemory memory = new BodyMemory(100);
      BodyMemory.Share one = memory.share();
      BodyMemory.Share other = memory.share();
      one.take(60, limit);
      other.take(40, limit);
      one.take(50, limit);
      AtomicBoolean closed = new AtomicBoolean();
      Future<Boolean> waited =
          threads.submit(
              () -> {
                other.take(30, limit);
                return closed.get();
              });
      one.take(1000, limit);
      closed.set(true);
      one.close();
      one.close();
      assertThat(waited.get()).isTrue();
      memory.share().take(30, limit); // 100 less 70
    }
  }

  /** 20 bodies of 800 kB that all stop half-way, with memory for one and a half of them. */
  @Test
  void bodiesThatStopHalfWayTogetherAllComeThrough() throws Exception {
    byte[] half = new byte[400_000];
    CountDownLatch halves = new CountDownLatch(20);
    FetchSettings s = Asking.SETTINGS;
    FetchSettings small =
        new FetchSettings(60, 0, 60, s.maxBytes(), 5, 20, 20, 1_200_000, s.allow(), true, "t", 0);
    try (HostileServer server = new HostileServer();
        Asking asking = new Asking(small);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      server.on(
          "/a",
          (_, _, out) -> {
            HostileServer.send(out, "HTTP/1.1 200 OK", new byte[100_000]);
            halves.countDown();
            halves.await();
            out.write(half);
            out.write(half, 0, 300_000);
            return false;
          });
      List<Future<Integer>> lengths = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        URI address = server.at("/a" + i);
        lengths.add(
            threads.submit(
                () -> {
                  try (Download.Body body = asking.body(address)) {
                    return body.bytes().length;
                  }
                }));
      }
      for (Future<Integer> length : lengths) {
        assertThat(length.get()).isEqualTo(800_000);
      }
    }
  }
}
