package dev.facet.model.torchscript;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes TorchScript source and the module it belongs to as an archive that libtorch opens and
 * compiles, without Python.
 *
 * <p>The format (pytorch, caffe2/serialize/inline_container.h and
 * torch/csrc/jit/docs/serialization.md) is a zip of stored entries: a version, the pickled module
 * object, the pickled constants, the source, and the bytes of each weight. Entries begin at
 * multiples of 64 bytes, so that a reader may map them into memory. Weights are fetched one at a
 * time; past 4 GiB the zip gets a 64-bit directory, while each weight must stay below 2 GiB.
 */
public final class Archive {
  /**
   * The file format version; with 3 or less libtorch would apply the operator schemas of its past.
   */
  private static final String VERSION = "10\n";

  private static final int ALIGNMENT = 64;

  /** What a zip writes before the name of an entry (PKWARE APPNOTE, section 4.3.7). */
  private static final int LOCAL_HEADER = 30;

  /** Libtorch's own mark for a field that only fills up. */
  private static final byte[] PADDING = {'F', 'B'};

  /** The same for every entry, so that the same module gives the same bytes. */
  private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

  private final String name;
  private final ZipOutputStream zip;
  private long position;

  private Archive(String name, OutputStream out) {
    this.name = name;
    this.zip = new ZipOutputStream(out);
  }

  /**
   * Writes an archive.
   *
   * @param name of its inner folder, usually that of the file without its ending
   * @param source the classes of all modules in it
   */
  public static void write(OutputStream out, String name, ScriptModule module, String source)
      throws IOException {
    Archive archive = new Archive(name, out);
    archive.text("version", VERSION);
    archive.text("byteorder", "little");
    ModulePickle pickle = new ModulePickle(module);
    archive.store("data.pkl", ByteBuffer.wrap(pickle.bytes()));
    archive.store("constants.pkl", ByteBuffer.wrap(ModulePickle.NO_CONSTANTS));
    archive.text("code/__torch__.py", source);
    List<ScriptModule.Weight> weights = pickle.weights();
    for (int i = 0; i < weights.size(); i++) {
      ByteBuffer bytes = weights.get(i).bytes().get();
      if (bytes.remaining() != weights.get(i).byteSize()) {
        throw new IllegalStateException(
            weights.get(i).shape() + " comes with " + bytes.remaining() + " bytes");
      }
      archive.store("data/" + i, bytes);
    }
    archive.zip.finish();
  }

  private void text(String entry, String content) throws IOException {
    store(entry, ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
  }

  private void store(String path, ByteBuffer content) throws IOException {
    String full = name + "/" + path;
    ZipEntry entry = new ZipEntry(full);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.remaining());
    CRC32 crc = new CRC32();
    crc.update(content.duplicate());
    entry.setCrc(crc.getValue());
    entry.setTimeLocal(TIME);
    position += LOCAL_HEADER + full.getBytes(StandardCharsets.UTF_8).length;
    byte[] padding = padding(position);
    entry.setExtra(padding);
    position += padding.length + content.remaining();
    zip.putNextEntry(entry);
    WritableByteChannel channel = Channels.newChannel(zip);
    while (content.hasRemaining()) {
      channel.write(content);
    }
    zip.closeEntry();
  }

  /** An extra field (PKWARE APPNOTE, section 4.5) after which the next multiple begins. */
  private static byte[] padding(long position) {
    int header = PADDING.length + Short.BYTES;
    int fill = (int) Math.floorMod(-(position + header), (long) ALIGNMENT);
    return ByteBuffer.allocate(header + fill)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(PADDING)
        .putShort((short) fill)
        .array();
  }
}
