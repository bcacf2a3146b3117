package dev.facet.model.ops;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes TorchScript source as an archive that libtorch opens and compiles, without Python.
 *
 * <p>The format (pytorch, caffe2/serialize/inline_container.h and
 * torch/csrc/jit/docs/serialization.md) is a zip of stored entries: a version, the pickled module
 * object, the pickled constants and the source. The module here has no parameters, so its pickle is
 * a fixed handful of opcodes.
 */
final class TorchScriptArchive {
  /**
   * The file format version; with 3 or less libtorch would apply the operator schemas of its past.
   */
  private static final String VERSION = "10\n";

  private TorchScriptArchive() {}

  /** The archive of a class {@code __torch__.Ops} whose source this is. */
  static byte[] of(String source) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "ops/version", VERSION.getBytes(StandardCharsets.US_ASCII));
      store(zip, "ops/data.pkl", modulePickle());
      store(zip, "ops/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      store(zip, "ops/code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  /** {@code Ops.__new__()} with state {@code {"training": True}}, in pickle protocol 2. */
  private static byte[] modulePickle() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0x80, 2});
    out.write("c__torch__\nOps\n".getBytes(StandardCharsets.US_ASCII));
    out.write(new byte[] {')', (byte) 0x81, '}', '('});
    text(out, "training");
    out.write(new byte[] {(byte) 0x88, 'u', 'b', '.'});
    return out.toByteArray();
  }

  private static void text(OutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write(new byte[] {'X', (byte) bytes.length, 0, 0, 0});
    out.write(bytes);
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    CRC32 crc = new CRC32();
    crc.update(content);
    entry.setCrc(crc.getValue());
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
