package dev.facet.model.weights.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.model.weights.TensorEntry;
import dev.facet.model.weights.TensorType;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadBackToTheBit() throws IOException {
    float[] values = {1, -0f, Float.MIN_VALUE, 1e30f, Float.NaN, 3};
    ByteBuffer bytes = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    Path file = folder.resolve("weights.safetensors");
    new SafetensorsWriter()
        .metadata("format", "pt")
        .add("matrix", TensorType.F32, new long[] {2, 3}, bytes::duplicate)
        .add("scalar", TensorType.F32, new long[0], () -> bytes.duplicate().limit(4))
        .write(file);
    try (SafetensorsFile read = SafetensorsFile.open(file)) {
      assertThat(read.metadata()).containsEntry("format", "pt");
      TensorEntry matrix = Objects.requireNonNull(read.find("matrix"));
      assertThat(matrix.shape()).containsExactly(2, 3);
      assertThat(matrix.floats()).isEqualTo(bytes);
      assertThat(Objects.requireNonNull(read.find("scalar")).shape()).isEmpty();
    }
  }

  @Test
  void halfPrecisionBecomesFloat32() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    data.putShort(Float.floatToFloat16(0.5f)).putShort(Float.floatToFloat16(-2));
    data.putShort((short) 0x3F80).putShort((short) 0xC040).flip();
    Path file =
        file(
            "{\"h\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]},"
                + "\"b\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[4,8]}}",
            data.array());
    try (SafetensorsFile read = SafetensorsFile.open(file)) {
      assertThat(floats(read, "h")).containsExactly(0.5f, -2);
      assertThat(floats(read, "b")).containsExactly(1, -3);
    }
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}} | overlap
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}} | leave a hole
          {"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}                                                      | byte range
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,12]}}                                                      | byte range
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}                                                       | tensors end at byte 4 of 12
          {"a":{"dtype":"F32","shape":[-3],"data_offsets":[0,12]}}                                                     | shape
          {"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,12]}}                                  | beyond 64 bits
          {"a":{"dtype":"Q7","shape":[3],"data_offsets":[0,12]}}                                                       | unknown dtype
          {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]},"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}} | two tensors are named a
          {"a":                                                                                                        | not valid JSON
          """)
  void aHeaderThatLiesIsRefused(String header, String reason) throws IOException {
    Path file = file(header.strip(), new byte[12]);
    assertThatThrownBy(() -> SafetensorsFile.open(file).close())
        .isInstanceOf(FacetException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(reason);
  }

  @Test
  void aHeaderLongerThanTheFileIsRefusedBeforeItIsRead() throws IOException {
    Path file = folder.resolve("huge.safetensors");
    Files.write(
        file,
        ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(Long.MAX_VALUE).array());
    assertThatThrownBy(() -> SafetensorsFile.open(file).close())
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("header claims 9223372036854775807 bytes of 16");
  }

  private Path file(String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer all =
        ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    all.putLong(json.length).put(json).put(data);
    return Files.write(folder.resolve("made.safetensors"), all.array());
  }

  private static float[] floats(SafetensorsFile file, String name) {
    TensorEntry entry = Objects.requireNonNull(file.find(name));
    float[] values = new float[(int) entry.elements()];
    entry.floats().asFloatBuffer().get(values);
    return values;
  }

  @Test
  void aLargeTensorIsWrittenThroughLittleDirectMemory() throws IOException {
    int size = 16 << 20;
    SafetensorsWriter writer =
        new SafetensorsWriter()
            .add("a", TensorType.U8, new long[] {size}, () -> ByteBuffer.allocate(size));
    long before = directMemory();
    // The copy belongs to the thread that writes.
    writer.write(folder.resolve("a"));
    assertThat(directMemory() - before).isLessThan(size / 4);
    assertThat(Files.size(folder.resolve("a"))).isGreaterThan(size);
  }

  private static long directMemory() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
