package dev.facet.loader.parquet;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Test;

final class PlainCopyTest {
  @Test
  void anEncodingThatTheFormatDoesNotKnowForATypeIsRefused() {
    Map<Encoding, Set<Type>> known =
        Map.of(
            Encoding.RLE,
            Set.of(Type.BOOLEAN),
            Encoding.DELTA_BINARY_PACKED,
            Set.of(Type.INT32, Type.INT64),
            Encoding.DELTA_LENGTH_BYTE_ARRAY,
            Set.of(Type.BYTE_ARRAY),
            Encoding.DELTA_BYTE_ARRAY,
            Set.of(Type.BYTE_ARRAY, Type.FIXED_LEN_BYTE_ARRAY),
            Encoding.BYTE_STREAM_SPLIT,
            Set.of(Type.INT32, Type.INT64, Type.FLOAT, Type.DOUBLE, Type.FIXED_LEN_BYTE_ARRAY));
    known.forEach(
        (encoding, types) -> {
          for (Type type : Type.values()) {
            if (!types.contains(type)) {
              Schema.Leaf leaf =
                  new Schema.Leaf(0, List.of("c"), List.of("c"), type, 4, 0, 0, false);
              assertThatThrownBy(
                      () ->
                          new PlainCopy(leaf)
                              .read(
                                  encoding,
                                  MemorySegment.ofArray(new byte[64]),
                                  0,
                                  64,
                                  1,
                                  new int[1],
                                  new int[1]))
                  .isInstanceOf(IOException.class)
                  .hasMessageContainingAll(encoding.name(), type.name());
            }
          }
        });
  }
}
