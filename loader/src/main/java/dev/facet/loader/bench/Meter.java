package dev.facet.loader.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the process and the calling thread have used so far. */
final class Meter {
  private static final Path STATUS = Path.of("/proc/self/status");

  private Meter() {}

  /** Processor time of all threads, in nanoseconds; 0 where unknown. */
  static long cpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? Math.max(0, system.getProcessCpuTime())
        : 0;
  }

  /** Heap bytes the calling thread has allocated; 0 where unknown. */
  static long allocatedBytes() {
    return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean memory
            && memory.isThreadAllocatedMemorySupported()
        ? Math.max(0, memory.getCurrentThreadAllocatedBytes())
        : 0;
  }

  /** Peak resident memory of the process, in bytes; 0 where there is no Linux to tell. */
  static long peakResidentBytes() {
    return status("VmHWM:");
  }

  /** Resident memory of the process, in bytes; 0 where there is no Linux to tell. */
  static long residentBytes() {
    return status("VmRSS:");
  }

  private static long status(String key) {
    try {
      for (String line : Files.readAllLines(STATUS, StandardCharsets.UTF_8)) {
        if (line.startsWith(key)) {
          return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
    } catch (IOException e) {
      // Another system: the figure is left out.
    }
    return 0;
  }
}
