package dev.facet.cli.console;

import dev.facet.base.Staged;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Ends the process while other threads still compute. The JVM's own ways, {@code halt} among them,
 * run the destructors of native libraries: under a thread that is inside libtorch this ends in a
 * crash report in place of an exit code. {@code _exit} of the C library runs none.
 */
final class Ending {
  private Ending() {}

  /** At once; what was being written is left for the next start to clear away. */
  @SuppressWarnings("restricted") // the launcher grants native access; elsewhere a warning
  static void now(int code) {
    try {
      Linker linker = Linker.nativeLinker();
      MemorySegment exit = linker.defaultLookup().find("_exit").orElseThrow();
      MethodHandle call =
          linker.downcallHandle(exit, FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
      call.invokeExact(code);
    } catch (Throwable e) {
      // A C library without it; the worst that can happen is the crash report.
      Runtime.getRuntime().halt(code);
    }
  }

  /** As {@link #now}, but nothing half-written stays. */
  static void clean(int code) {
    Staged.abandon();
    now(code);
  }
}
