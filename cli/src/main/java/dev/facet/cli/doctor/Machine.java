package dev.facet.cli.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Java, processor, memory and disk. */
final class Machine {
  /** What libraries for matrices and pictures choose their kernels by, the widest first. */
  private static final List<String> EXTENSIONS =
      List.of("amx_bf16", "avx512_bf16", "avx512f", "avx2", "fma");

  private static final double GIB = 1L << 30;

  /** Below this a shard, a checkpoint or an index may not fit. */
  private static final double LEAST_DISK = 5;

  /** A heap below this holds few batches. */
  private static final double LEAST_HEAP = 0.5;

  private Machine() {}

  static List<Finding> findings() throws IOException {
    return List.of(java(), processor(), memory(), disk(Path.of("").toAbsolutePath()));
  }

  private static Finding java() {
    String collector =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(GarbageCollectorMXBean::getName)
            .collect(Collectors.joining(", "));
    double heap = Runtime.getRuntime().maxMemory() / GIB;
    return new Finding(
        "Java",
        String.format(
            Locale.ROOT,
            "%s, %s, heap up to %.1f GiB, %s",
            Runtime.version(),
            System.getProperty("java.vm.name"),
            heap,
            collector),
        heap < LEAST_HEAP
            ? String.format(
                Locale.ROOT,
                "a heap of %.1f GiB is too small for most data: FACET_JAVA_OPTS=-Xmx2g",
                heap)
            : null);
  }

  private static Finding processor() throws IOException {
    Path file = Path.of("/proc/cpuinfo");
    String model = System.getProperty("os.arch");
    String flags = "";
    if (Files.isReadable(file)) {
      for (String line : Files.readAllLines(file)) {
        String value = line.substring(line.indexOf(':') + 1).strip();
        if (line.startsWith("model name")) {
          model = value;
        } else if (line.startsWith("flags")) {
          flags = value;
        }
      }
    }
    Set<String> has = new HashSet<>(Arrays.asList(flags.split(" ")));
    String known = EXTENSIONS.stream().filter(has::contains).collect(Collectors.joining(", "));
    return Finding.good(
        "processor",
        "%s, %s threads%s"
            .formatted(
                model,
                Runtime.getRuntime().availableProcessors(),
                known.isEmpty() ? "" : ", " + known));
  }

  private static Finding memory() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return Finding.good(
        "memory",
        String.format(
            Locale.ROOT,
            "%.1f GiB, %.1f free",
            system.getTotalMemorySize() / GIB,
            system.getFreeMemorySize() / GIB));
  }

  private static Finding disk(Path folder) throws IOException {
    double free = Files.getFileStore(folder).getUsableSpace() / GIB;
    return new Finding(
        "disk",
        String.format(Locale.ROOT, "%.1f GiB free in %s", free, folder),
        free < LEAST_DISK
            ? String.format(
                Locale.ROOT,
                "%.1f GiB are left in %s, and shards and checkpoints take more: free some",
                free,
                folder)
            : null);
  }
}
