package dev.facet.loader.decode;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What libraries in C say of a picture. libjpeg and libpng print their remarks to the C library's
 * {@code stderr}, and name no file. glibc lets a program put a stream of its own into that place:
 * here one that calls back, on the thread that decodes, so it is known which picture is meant. What
 * other threads print goes where it went before; on other C libraries everything does.
 */
@SuppressWarnings("restricted") // Functions as fopencookie(3) and its like declare them.
final class NativeRemarks {
  private static final int UNBUFFERED = 2;
  private static final int STANDARD_ERROR = 2;
  private static final int MOST = 500;

  /** read, write, seek, close of a stream, as fopencookie(3) takes them. */
  private static final MemoryLayout FUNCTIONS =
      MemoryLayout.structLayout(
          ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS);

  /** One thread's. */
  private static final class Ear {
    private final StringBuilder heard = new StringBuilder();
    private boolean open;
  }

  private static final ThreadLocal<Ear> EARS = ThreadLocal.withInitial(Ear::new);

  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup C = LINKER.defaultLookup();
  private static @Nullable MethodHandle write;

  static {
    // Elsewhere the variable may lie in memory that cannot be written.
    if (C.find("gnu_get_libc_version").isPresent() && C.find("fopencookie").isPresent()) {
      try {
        listen();
      } catch (Throwable e) {
        // Remarks go where they went before; pictures are read all the same.
      }
    }
  }

  private NativeRemarks() {}

  /** From now on what this thread's libraries print is kept. */
  static void begin() {
    Ear ear = EARS.get();
    ear.heard.setLength(0);
    ear.open = true;
  }

  /** Ends that; returns what was said, in one line, or null if nothing was. */
  static @Nullable String end() {
    Ear ear = EARS.get();
    ear.open = false;
    if (ear.heard.isEmpty()) {
      return null;
    }
    return ear.heard.toString().strip().replaceAll("\\s*\\R\\s*", "; ");
  }

  private static void listen() throws Throwable {
    MethodHandle find =
        call(
            "dlsym",
            FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
    MethodHandle open =
        call(
            "fopencookie",
            FunctionDescriptor.of(
                ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS, FUNCTIONS));
    MethodHandle buffer =
        call(
            "setvbuf",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG));
    write =
        call(
            "write",
            FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG));
    MethodHandle hear =
        MethodHandles.lookup()
            .findStatic(
                NativeRemarks.class,
                "hear",
                MethodType.methodType(
                    long.class, MemorySegment.class, MemorySegment.class, long.class));
    MemorySegment back =
        LINKER.upcallStub(
            hear,
            FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG),
            Arena.global());
    try (Arena arena = Arena.ofConfined()) {
      // The process has one such variable, which may lie in the program that started it.
      MemorySegment found =
          (MemorySegment) find.invokeExact(MemorySegment.NULL, arena.allocateFrom("stderr"));
      if (found.address() == 0) {
        return;
      }
      MemorySegment variable = found.reinterpret(ValueLayout.ADDRESS.byteSize());
      MemorySegment functions = arena.allocate(FUNCTIONS);
      functions.setAtIndex(ValueLayout.ADDRESS, 1, back);
      MemorySegment stream =
          (MemorySegment) open.invokeExact(MemorySegment.NULL, arena.allocateFrom("w"), functions);
      if (stream.address() == 0) {
        return; // out of memory
      }
      int _ = (int) buffer.invokeExact(stream, MemorySegment.NULL, UNBUFFERED, 0L);
      MemorySegment before = variable.get(ValueLayout.ADDRESS, 0);
      variable.set(ValueLayout.ADDRESS, 0, stream);
      // A library that prints while the process ends would wait for a JVM that is gone.
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> variable.set(ValueLayout.ADDRESS, 0, before)));
    }
  }

  private static MethodHandle call(String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(C.findOrThrow(name), type);
  }

  /** Called by the C library. Whatever it throws would end the process. */
  @SuppressWarnings("unused") // by its name, see above
  private static long hear(MemorySegment cookie, MemorySegment text, long length) {
    try {
      Ear ear = EARS.get();
      MemorySegment bytes = text.reinterpret(length);
      if (!ear.open) {
        return write == null ? length : (long) write.invokeExact(STANDARD_ERROR, bytes, length);
      }
      if (ear.heard.length() < MOST) {
        ear.heard.append(
            new String(bytes.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1));
      }
    } catch (Throwable e) {
      return length; // A remark is not worth more.
    }
    return length;
  }
}
