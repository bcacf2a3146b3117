package dev.facet.model.weights.safetensors;

import dev.facet.base.FacetException;
import dev.facet.base.GitLfs;
import dev.facet.model.weights.MappedFile;
import dev.facet.model.weights.TensorEntry;
import dev.facet.model.weights.Weights;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A safetensors file as a memory map of any size. The layout (huggingface/safetensors, README,
 * "Format"): eight bytes of header length, a JSON header of names to type, shape and byte range,
 * and the bytes. The whole header is checked before any tensor is handed out: ranges inside the
 * file, without overlap or hole, of exactly the size that type and shape say.
 */
public final class SafetensorsFile implements Weights {
  /** The format's own bound; a larger header is an attack or not this format. */
  private static final long MAX_HEADER = 100_000_000;

  private static final ValueLayout.OfLong LENGTH =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** As many first bytes as tell a pointer of Git LFS. */
  private static final int BEGIN = 64;

  private final MappedFile file;
  private final Map<String, TensorEntry> tensors;
  private final Map<String, String> metadata;

  private SafetensorsFile(
      MappedFile file, Map<String, TensorEntry> tensors, Map<String, String> metadata) {
    this.file = file;
    this.tensors = Collections.unmodifiableMap(tensors);
    this.metadata = Collections.unmodifiableMap(metadata);
  }

  /**
   * Opens and checks a file.
   *
   * @throws FacetException saying what is wrong with it; a hostile file costs little memory
   */
  public static SafetensorsFile open(Path path) throws IOException {
    MappedFile file = MappedFile.open(path);
    try {
      return read(file);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Whether a file begins as this format does: a length that fits, and a header's first letter.
   * Lengths alone can look like the first bytes of other formats.
   *
   * @param start its first nine bytes, or fewer if there are no more
   */
  public static boolean startsLike(byte[] start, long fileBytes) {
    return start.length >= 9
        && start[8] == '{'
        && fits(MemorySegment.ofArray(start).get(LENGTH, 0), fileBytes);
  }

  private static boolean fits(long header, long fileBytes) {
    return header >= 2 && header <= MAX_HEADER && header <= fileBytes - 8;
  }

  @Override
  public Path file() {
    return file.path();
  }

  /** In the order of their bytes. */
  @Override
  public Map<String, TensorEntry> tensors() {
    return tensors;
  }

  /** The free-form strings of the header. */
  public Map<String, String> metadata() {
    return metadata;
  }

  @Override
  public void close() {
    file.close();
  }

  private static SafetensorsFile read(MappedFile file) {
    MemorySegment bytes = file.bytes();
    long length = bytes.byteSize() < 8 ? -1 : bytes.get(LENGTH, 0);
    if (!fits(length, bytes.byteSize())) {
      throw foreign(file, length);
    }
    MemorySegment data = bytes.asSlice(8 + length);
    SafetensorsHeader header =
        SafetensorsHeader.parse(file.path(), bytes.asSlice(8, length), data.byteSize());
    List<SafetensorsHeader.Declared> inOrder = new ArrayList<>(header.tensors().values());
    inOrder.sort(
        Comparator.comparingLong(SafetensorsHeader.Declared::begin)
            .thenComparingLong(SafetensorsHeader.Declared::end));
    Map<String, TensorEntry> tensors = new LinkedHashMap<>();
    long end = 0;
    for (SafetensorsHeader.Declared each : inOrder) {
      if (each.begin() != end) {
        throw header.broken(
            String.format(
                Locale.ROOT,
                "%s begins at byte %d where %d was due: tensors overlap or leave a hole",
                each.name(),
                each.begin(),
                end));
      }
      end = each.end();
      MemorySegment view = data.asSlice(each.begin(), end - each.begin());
      tensors.put(each.name(), new TensorEntry(each.name(), each.type(), each.shape(), view));
    }
    if (end != data.byteSize()) {
      throw header.broken("its tensors end at byte " + end + " of " + data.byteSize());
    }
    return new SafetensorsFile(file, tensors, header.metadata());
  }

  /** The first eight bytes cannot be the length of a header. */
  private static FacetException foreign(MappedFile file, long length) {
    MemorySegment bytes = file.bytes();
    byte[] start =
        bytes.asSlice(0, Math.min(bytes.byteSize(), BEGIN)).toArray(ValueLayout.JAVA_BYTE);
    if (GitLfs.isPointer(start)) {
      return FacetException.run(file.path() + " " + GitLfs.CURE);
    }
    return FacetException.run(
        file.path()
            + " is not a whole safetensors file: "
            + (bytes.byteSize() < 8
                ? "it has " + bytes.byteSize() + " bytes, less than a header's length"
                : "its header claims "
                    + Long.toUnsignedString(length)
                    + " bytes of "
                    + bytes.byteSize())
            + "; copy or download it again");
  }
}
