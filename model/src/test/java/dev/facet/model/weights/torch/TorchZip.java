package dev.facet.model.weights.torch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a checkpoint in torch.save's layout. */
final class TorchZip {
  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  TorchZip(byte[] pickle) {
    entries.put("archive/data.pkl", pickle);
    entry("byteorder", "little".getBytes(StandardCharsets.US_ASCII));
  }

  TorchZip entry(String name, byte[] bytes) {
    entries.put("archive/" + name, bytes);
    return this;
  }

  TorchZip floats(String key, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return entry("data/" + key, bytes.array());
  }

  Path write(Path file) throws IOException {
    return write(file, ZipEntry.STORED);
  }

  Path write(Path file, int method) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> each : entries.entrySet()) {
        ZipEntry entry = new ZipEntry(each.getKey());
        CRC32 crc = new CRC32();
        crc.update(each.getValue());
        entry.setMethod(method);
        entry.setSize(each.getValue().length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(each.getValue());
        zip.closeEntry();
      }
    }
    return file;
  }
}
