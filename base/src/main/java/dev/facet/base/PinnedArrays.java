package dev.facet.base;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/**
 * Whether arrays that native code works on stay where they are. In JDK 25.0.0 to 25.0.2 the G1
 * collector moves them (JDK-8377811), which damages what is packed by zstd, and Parquet with it,
 * without a word.
 */
public final class PinnedArrays {
  private PinnedArrays() {}

  /**
   * Refuses to go on where they do not.
   *
   * @throws FacetException with the cure
   */
  public static void check() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      check(Runtime.version(), collector.getName());
    }
  }

  static void check(Runtime.Version java, String collector) {
    if (collector.startsWith("G1") && java.feature() == 25 && isBroken(java)) {
      throw FacetException.usage(
          "Java %s damages data with its G1 collector (JDK-8377811): start it with".formatted(java)
              + " -XX:+UseParallelGC, or use JDK 25.0.3 or newer");
    }
  }

  /** 25.0.0 to 25.0.2. */
  private static boolean isBroken(Runtime.Version java) {
    return java.interim() == 0 && java.update() <= 2;
  }
}
