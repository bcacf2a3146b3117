package dev.facet.loader.files;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Three calls of the C library. Pointers are passed as numbers, so that a call makes no object. A
 * call that a signal interrupts is made again.
 */
final class SystemCalls {
  private static final int EINTR = 4;
  private static final boolean LINUX = isSystem("linux");

  /** Neither run a program with it open, nor wait for the writer of a pipe that poses as a file. */
  private static final int READ_ONLY = LINUX ? 0x80000 | 0x800 : 0x1000000 | 0x4;

  private static final VarHandle ERRNO =
      Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final ThreadLocal<MemorySegment> STATE =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(Linker.Option.captureStateLayout()));

  private static final @Nullable MethodHandle OPEN =
      find(
          "open",
          Linker.Option.captureCallState("errno"),
          ValueLayout.JAVA_INT,
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_INT);
  private static final @Nullable MethodHandle READ =
      find(
          "read",
          Linker.Option.captureCallState("errno"),
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_INT,
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_LONG);
  private static final @Nullable MethodHandle CLOSE =
      find("close", null, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);

  /** Whether this system has them, in the form written down here. */
  public static final boolean AVAILABLE = OPEN != null && READ != null && CLOSE != null;

  /** All three, as reading files takes them. */
  static final SystemFiles.Calls FILES =
      new SystemFiles.Calls() {
        @Override
        public int open(long path) {
          return SystemCalls.open(path);
        }

        @Override
        public long read(int file, long into, long most) {
          return SystemCalls.read(file, into, most);
        }

        @Override
        public void close(int file) {
          SystemCalls.close(file);
        }
      };

  private SystemCalls() {}

  private static int open(long path) {
    MethodHandle open = there(OPEN);
    MemorySegment state = STATE.get();
    try {
      while (true) {
        int file = (int) open.invokeExact(state, path, READ_ONLY);
        if (file >= 0 || error(state) != EINTR) {
          return file >= 0 ? file : -error(state);
        }
      }
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static long read(int file, long into, long most) {
    MethodHandle read = there(READ);
    MemorySegment state = STATE.get();
    try {
      while (true) {
        long got = (long) read.invokeExact(state, file, into, most);
        if (got >= 0 || error(state) != EINTR) {
          return got >= 0 ? got : -error(state);
        }
      }
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** After a read there is nothing that could fail and matter. */
  private static void close(int file) {
    MethodHandle close = there(CLOSE);
    try {
      int ignored = (int) close.invokeExact(file);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static int error(MemorySegment state) {
    return (int) ERRNO.get(state, 0L);
  }

  private static MethodHandle there(@Nullable MethodHandle call) {
    if (call == null) {
      throw new IllegalStateException("asked for without looking at AVAILABLE");
    }
    return call;
  }

  private static IllegalStateException unexpected(Throwable e) {
    return new IllegalStateException("a call of the C library failed", e);
  }

  @SuppressWarnings("restricted") // the launcher enables native access; where not, find() says null
  private static @Nullable MethodHandle find(
      String name, Linker.@Nullable Option option, MemoryLayout result, MemoryLayout... arguments) {
    if (!(LINUX || isSystem("mac")) || ValueLayout.ADDRESS.byteSize() != Long.BYTES) {
      return null;
    }
    try {
      Linker linker = Linker.nativeLinker();
      return linker
          .defaultLookup()
          .find(name)
          .map(
              symbol ->
                  linker.downcallHandle(
                      symbol,
                      FunctionDescriptor.of(result, arguments),
                      option == null ? new Linker.Option[0] : new Linker.Option[] {option}))
          .orElse(null);
    } catch (UnsupportedOperationException | IllegalCallerException e) {
      return null;
    }
  }

  private static boolean isSystem(String name) {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains(name);
  }
}
