package dev.facet.loader.stats;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/** Heap memory that threads have allocated, collected or not. */
public final class ThreadMemory {
  private ThreadMemory() {}

  /** Bytes allocated by those of the threads that are running; 0 where the JVM does not tell. */
  public static long allocatedBy(List<Thread> threads) {
    if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean memory)
        || !memory.isThreadAllocatedMemorySupported()) {
      return 0;
    }
    long sum = 0;
    long[] ids = threads.stream().mapToLong(Thread::threadId).toArray();
    for (long bytes : memory.getThreadAllocatedBytes(ids)) {
      sum += Math.max(0, bytes); // -1: not started, or ended
    }
    return sum;
  }
}
