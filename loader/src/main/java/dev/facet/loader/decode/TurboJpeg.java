package dev.facet.loader.decode;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.facet.base.FacetException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The functions of a libturbojpeg 3 that this machine has, bound once; version 2 has none of them.
 * The system property {@code facet.turbojpeg} may name the library's file, or be {@code off}.
 * Pointers are passed as plain numbers, so that a call makes no object.
 */
final class TurboJpeg {
  static final String PROPERTY = "facet.turbojpeg";

  static final StructLayout SCALE = MemoryLayout.structLayout(JAVA_INT, JAVA_INT);
  static final StructLayout REGION =
      MemoryLayout.structLayout(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);

  private static final List<String> NAMES =
      List.of("libturbojpeg.so.0", "libturbojpeg.0.dylib", "turbojpeg.dll");
  private static final List<String> NEEDED =
      List.of(
          "tj3Init",
          "tj3Destroy",
          "tj3Set",
          "tj3Get",
          "tj3DecompressHeader",
          "tj3SetScalingFactor",
          "tj3SetCroppingRegion",
          "tj3Decompress8");

  private static final String WISH = System.getProperty(PROPERTY, "");
  private static final @Nullable SymbolLookup LIBRARY = find(WISH);

  private TurboJpeg() {}

  /**
   * Whether there is one.
   *
   * @throws FacetException if the user named one that cannot be used
   */
  static boolean isPresent() {
    if (LIBRARY == null && !WISH.isEmpty() && !WISH.equals("off")) {
      throw FacetException.usage(
          "-D%s=%s is no libturbojpeg 3 that can be loaded: name its file, or leave that out"
              .formatted(PROPERTY, WISH));
    }
    return LIBRARY != null;
  }

  /** Its name with as much of the version as can be told by the functions there are. */
  static String name() {
    if (LIBRARY == null) {
      return "no libturbojpeg 3";
    }
    String version = "3.0";
    if (LIBRARY.find("tj3SetICCProfile").isPresent()) {
      version = LIBRARY.find("tj3InitVersion").isPresent() ? "3.2 or newer" : "3.1";
    }
    return "libturbojpeg " + version + ", region decode";
  }

  /** The functions; to be touched only if the library is present. */
  static final class Call {
    static final MethodHandle INIT = bind("tj3Init", FunctionDescriptor.of(JAVA_LONG, JAVA_INT));
    static final MethodHandle DESTROY = bind("tj3Destroy", FunctionDescriptor.ofVoid(JAVA_LONG));
    static final MethodHandle SET =
        bind("tj3Set", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT));
    static final MethodHandle GET =
        bind("tj3Get", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT));
    static final MethodHandle HEADER =
        bind(
            "tj3DecompressHeader",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    static final MethodHandle SCALING =
        bind("tj3SetScalingFactor", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, SCALE));
    static final MethodHandle CROPPING =
        bind("tj3SetCroppingRegion", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, REGION));
    static final MethodHandle DECOMPRESS =
        bind(
            "tj3Decompress8",
            FunctionDescriptor.of(
                JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT));

    private Call() {}

    @SuppressWarnings("restricted") // Signatures as turbojpeg.h of version 3 declares them.
    private static MethodHandle bind(String name, FunctionDescriptor descriptor) {
      if (LIBRARY == null) {
        throw new IllegalStateException("no libturbojpeg 3");
      }
      return Linker.nativeLinker().downcallHandle(LIBRARY.findOrThrow(name), descriptor);
    }
  }

  private static @Nullable SymbolLookup find(String wish) {
    if (wish.equals("off")) {
      return null;
    }
    for (String name : wish.isEmpty() ? NAMES : List.of(wish)) {
      SymbolLookup library = open(name);
      if (library != null && NEEDED.stream().allMatch(f -> library.find(f).isPresent())) {
        return library;
      }
    }
    return null;
  }

  @SuppressWarnings("restricted") // A system library, or the one that the user named.
  private static @Nullable SymbolLookup open(String name) {
    try {
      return name.contains("/") || name.contains("\\")
          ? SymbolLookup.libraryLookup(Path.of(name), Arena.global())
          : SymbolLookup.libraryLookup(name, Arena.global());
    } catch (IllegalArgumentException e) {
      return null; // It is not there; OpenCV has a JPEG decoder too.
    }
  }
}
