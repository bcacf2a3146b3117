package dev.facet.augment.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_core;

/** Loads OpenCV as this project needs it: quiet, without threads of its own. */
public final class OpenCv {
  private OpenCv() {}

  /**
   * Must run before any class of the binding is touched, its pointers among them, which read their
   * settings once: call it in the static initialiser of whoever comes first. Only the first call
   * does something.
   *
   * @throws UnsatisfiedLinkError where the natives do not fit this platform
   */
  public static void load() {
    Once.done();
  }

  private static final class Once {
    static {
      // Every native object here is closed by hand. The binding's collector would take a lock and
      // read /proc for each of them, and call System.gc() when the process grows.
      System.setProperty("org.bytedeco.javacpp.nopointergc", "true");
      System.setProperty("org.bytedeco.javacpp.maxphysicalbytes", "0");
      silence();
      // Parallelism is over samples; a second level would only fight with it.
      opencv_core.setNumThreads(0);
    }

    static void done() {}

    /**
     * A broken picture is reported by the loader, once. OpenCV's own log would add lines to that;
     * the binding has no call for its level, the library reads this variable when loaded.
     */
    @SuppressWarnings("restricted") // setenv(const char*, const char*, int), as POSIX declares it.
    private static void silence() {
      Optional<MemorySegment> setenv = Linker.nativeLinker().defaultLookup().find("setenv");
      if (setenv.isEmpty()) {
        return;
      }
      MethodHandle call =
          Linker.nativeLinker()
              .downcallHandle(
                  setenv.get(),
                  FunctionDescriptor.of(
                      ValueLayout.JAVA_INT,
                      ValueLayout.ADDRESS,
                      ValueLayout.ADDRESS,
                      ValueLayout.JAVA_INT));
      try (Arena arena = Arena.ofConfined()) {
        int _ =
            (int)
                call.invokeExact(
                    arena.allocateFrom("OPENCV_LOG_LEVEL"), arena.allocateFrom("SILENT"), 0);
      } catch (Throwable e) {
        throw new IllegalStateException("setenv", e);
      }
    }
  }
}
