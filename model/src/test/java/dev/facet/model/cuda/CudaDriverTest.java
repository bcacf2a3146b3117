package dev.facet.model.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A driver whose functions are written here and called as those of C are. */
@SuppressWarnings("restricted") // Functions of C are what this is about.
final class CudaDriverTest {
  private final Map<String, MemorySegment> functions = new HashMap<>();
  private final SymbolLookup library = name -> Optional.ofNullable(functions.get(name));

  static int init(int flags) {
    return flags;
  }

  static int noDevice(int flags) {
    return 100 + flags;
  }

  static int version(MemorySegment to) {
    return write(to, 12080);
  }

  static int count(MemorySegment to) {
    return write(to, 2);
  }

  static int device(MemorySegment to, int ordinal) {
    return write(to, 10 + ordinal);
  }

  static int name(MemorySegment to, int bytes, int device) {
    to.reinterpret(bytes).setString(0, "Card " + device);
    return 0;
  }

  static int memory(MemorySegment to, int device) {
    to.reinterpret(JAVA_LONG.byteSize()).set(JAVA_LONG, 0, (long) device << 30);
    return 0;
  }

  static int attribute(MemorySegment to, int which, int device) {
    return write(to, which == 75 ? device - 2 : 6);
  }

  private static int write(MemorySegment to, int number) {
    to.reinterpret(JAVA_INT.byteSize()).set(JAVA_INT, 0, number);
    return 0;
  }

  @Test
  void devicesAreToldAsTheDriverTellsThem() throws ReflectiveOperationException {
    try (Arena arena = Arena.ofConfined()) {
      wholeDriver(arena);
      CudaDriver driver = CudaDriver.ask(library);
      assertThat(driver.version()).isEqualTo("12.8");
      assertThat(driver.problem()).isNull();
      assertThat(driver.devices())
          .containsExactly(
              new CudaDevice("Card 10", 10L << 30, 8, 6),
              new CudaDevice("Card 11", 11L << 30, 9, 6));
      assertThat(driver.devices().getFirst().text())
          .isEqualTo("Card 10, 10.0 GiB, compute capability 8.6");
    }
  }

  @Test
  void aDriverWithoutADeviceSaysSo() throws ReflectiveOperationException {
    try (Arena arena = Arena.ofConfined()) {
      wholeDriver(arena);
      define(arena, "cuInit", "noDevice", JAVA_INT);
      CudaDriver driver = CudaDriver.ask(library);
      assertThat(driver.devices()).isEmpty();
      assertThat(driver.problem()).contains("cuInit gave 100, there is no device");
    }
  }

  @Test
  void aMissingDriverOrFunctionIsNoFailure() throws ReflectiveOperationException {
    CudaDriver none = CudaDriver.ask("libno-such-driver.so.1");
    assertThat(none.devices()).isEmpty();
    assertThat(none.problem()).contains("no libno-such-driver.so.1", "no NVIDIA driver");
    try (Arena arena = Arena.ofConfined()) {
      wholeDriver(arena);
      functions.remove("cuDeviceTotalMem_v2");
      assertThat(CudaDriver.ask(library).problem())
          .isEqualTo("the NVIDIA driver is too old: it has no cuDeviceTotalMem_v2");
    }
  }

  private void wholeDriver(Arena arena) throws ReflectiveOperationException {
    define(arena, "cuInit", "init", JAVA_INT);
    define(arena, "cuDriverGetVersion", "version", ADDRESS);
    define(arena, "cuDeviceGetCount", "count", ADDRESS);
    define(arena, "cuDeviceGet", "device", ADDRESS, JAVA_INT);
    define(arena, "cuDeviceGetName", "name", ADDRESS, JAVA_INT, JAVA_INT);
    define(arena, "cuDeviceTotalMem_v2", "memory", ADDRESS, JAVA_INT);
    define(arena, "cuDeviceGetAttribute", "attribute", ADDRESS, JAVA_INT, JAVA_INT);
  }

  private void define(Arena arena, String name, String method, MemoryLayout... arguments)
      throws ReflectiveOperationException {
    MethodType type =
        MethodType.methodType(
            int.class,
            Arrays.stream(arguments)
                .map(each -> each.equals(ADDRESS) ? MemorySegment.class : int.class)
                .toArray(Class<?>[]::new));
    functions.put(
        name,
        Linker.nativeLinker()
            .upcallStub(
                MethodHandles.lookup().findStatic(CudaDriverTest.class, method, type),
                FunctionDescriptor.of(JAVA_INT, arguments),
                arena));
  }
}
