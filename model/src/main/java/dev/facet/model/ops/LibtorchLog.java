package dev.facet.model.ops;

import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;

/**
 * What libtorch prints by itself. Its warnings tell of this machine's processor, "Could not
 * initialize NNPACK! Reason: Unsupported hardware." at every start, and of ways to write Python:
 * nothing a user of this program could act on.
 */
final class LibtorchLog {
  private static final int ERROR = 2;

  private LibtorchLog() {}

  /** Errors only, from now on. Does nothing where the library has no such switch. */
  @SuppressWarnings("restricted") // An int that libc10 exports for this.
  static void quiet() {
    SymbolLookup.loaderLookup()
        .find("FLAGS_caffe2_log_level")
        .ifPresent(level -> level.reinterpret(4).set(ValueLayout.JAVA_INT, 0, ERROR));
  }
}
