package dev.facet.model.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * What the CUDA driver says of this machine (CUDA Driver API, sections 5.2 to 5.4). The driver is
 * asked by itself, as a libtorch without CUDA, or one whose runtime library is not found, sees no
 * device and says nothing of it.
 *
 * @param version of CUDA up to which it serves, "12.8"; null where there is no driver
 * @param devices that may be used: {@code CUDA_VISIBLE_DEVICES} hides the others
 * @param problem why there are none, for people; null if there are some
 */
public record CudaDriver(
    @Nullable String version, List<CudaDevice> devices, @Nullable String problem) {
  private static final String LIBRARY = "libcuda.so.1";
  private static final int NAME_BYTES = 256;

  // CUdevice_attribute
  private static final int CAPABILITY_MAJOR = 75;
  private static final int CAPABILITY_MINOR = 76;

  /** Loads the driver's library once; a device that appears later needs another process. */
  private static final class Asked {
    private static final CudaDriver ANSWER = ask(LIBRARY);
  }

  /** That of this machine. */
  public static CudaDriver get() {
    return Asked.ANSWER;
  }

  @SuppressWarnings("restricted") // The driver's library, which stays loaded.
  static CudaDriver ask(String library) {
    try {
      return ask(SymbolLookup.libraryLookup(library, Arena.global()));
    } catch (IllegalArgumentException e) {
      return absent("there is no %s: no NVIDIA driver is installed".formatted(library));
    }
  }

  /**
   * Asks a library.
   *
   * @param library with the functions of the driver; never closed
   */
  static CudaDriver ask(SymbolLookup library) {
    try (Arena arena = Arena.ofConfined()) {
      Calls calls = new Calls(library, arena);
      int code = calls.call("cuInit", 0);
      if (code != 0) {
        return absent("the NVIDIA driver cannot be used: cuInit gave %s".formatted(error(code)));
      }
      int version = calls.number("cuDriverGetVersion");
      int count = calls.number("cuDeviceGetCount");
      List<CudaDevice> devices = new ArrayList<>();
      for (int device = 0; device < count; device++) {
        devices.add(calls.device(device));
      }
      String shown = version / 1000 + "." + version % 1000 / 10;
      return new CudaDriver(
          shown,
          List.copyOf(devices),
          devices.isEmpty() ? "the NVIDIA driver shows no device: see CUDA_VISIBLE_DEVICES" : null);
    } catch (IllegalStateException e) {
      return absent("the NVIDIA driver cannot be used: " + e.getMessage());
    } catch (NoSuchElementException e) {
      return absent("the NVIDIA driver is too old: " + e.getMessage());
    }
  }

  private static CudaDriver absent(String problem) {
    return new CudaDriver(null, List.of(), problem);
  }

  /** The common ones by what they mean. */
  private static String error(int code) {
    return switch (code) {
      case 100 -> "100, there is no device";
      case 803 -> "803, driver and library are of different versions: start the machine anew";
      default -> String.format(Locale.ROOT, "error %d", code);
    };
  }

  /** Functions of the driver, each of which returns 0 or an error. */
  private record Calls(SymbolLookup library, Arena arena) {
    int call(String name, int argument) {
      return invoke(name, List.of(JAVA_INT), argument);
    }

    /** What a function without arguments writes. */
    int number(String name) {
      MemorySegment place = arena.allocate(JAVA_INT);
      require(name, invoke(name, List.of(ADDRESS), place));
      return place.get(JAVA_INT, 0);
    }

    CudaDevice device(int ordinal) {
      MemorySegment place = arena.allocate(JAVA_INT);
      require("cuDeviceGet", invoke("cuDeviceGet", List.of(ADDRESS, JAVA_INT), place, ordinal));
      int device = place.get(JAVA_INT, 0);
      MemorySegment name = arena.allocate(NAME_BYTES);
      require(
          "cuDeviceGetName",
          invoke(
              "cuDeviceGetName", List.of(ADDRESS, JAVA_INT, JAVA_INT), name, NAME_BYTES, device));
      MemorySegment bytes = arena.allocate(JAVA_LONG);
      require(
          "cuDeviceTotalMem_v2",
          invoke("cuDeviceTotalMem_v2", List.of(ADDRESS, JAVA_INT), bytes, device));
      return new CudaDevice(
          name.getString(0),
          bytes.get(JAVA_LONG, 0),
          attribute(CAPABILITY_MAJOR, device),
          attribute(CAPABILITY_MINOR, device));
    }

    private int attribute(int which, int device) {
      MemorySegment place = arena.allocate(JAVA_INT);
      require(
          "cuDeviceGetAttribute",
          invoke(
              "cuDeviceGetAttribute", List.of(ADDRESS, JAVA_INT, JAVA_INT), place, which, device));
      return place.get(JAVA_INT, 0);
    }

    private static void require(String name, int code) {
      if (code != 0) {
        throw new IllegalStateException(name + " gave " + error(code));
      }
    }

    @SuppressWarnings("restricted") // Signatures as cuda.h declares them.
    private int invoke(String name, List<MemoryLayout> arguments, Object... values) {
      MemorySegment function =
          library.find(name).orElseThrow(() -> new NoSuchElementException("it has no " + name));
      MethodHandle handle =
          Linker.nativeLinker()
              .downcallHandle(
                  function,
                  FunctionDescriptor.of(JAVA_INT, arguments.toArray(MemoryLayout[]::new)));
      try {
        return (int) handle.invokeWithArguments(values);
      } catch (Throwable e) { // declared by the handle; a call into C throws none
        throw new IllegalStateException(name, e);
      }
    }
  }
}
