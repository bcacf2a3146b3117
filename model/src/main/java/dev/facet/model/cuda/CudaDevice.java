package dev.facet.model.cuda;

import java.util.Locale;

/**
 * A CUDA device.
 *
 * @param name as the driver calls it, "NVIDIA H200"
 * @param memory bytes
 * @param major of its compute capability: 8 of 8.6
 * @param minor of it: 6
 */
public record CudaDevice(String name, long memory, int major, int minor) {
  /** For people. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "%s, %.1f GiB, compute capability %d.%d",
        name,
        memory / (double) (1L << 30),
        major,
        minor);
  }
}
