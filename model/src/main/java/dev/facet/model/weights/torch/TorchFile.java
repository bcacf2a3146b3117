package dev.facet.model.weights.torch;

import dev.facet.base.FacetException;
import dev.facet.model.weights.MappedFile;
import dev.facet.model.weights.TensorEntry;
import dev.facet.model.weights.Weights;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@code torch.save} checkpoint ({@code .pth}, {@code .pt}, {@code .bin}, {@code .ckpt}) as a
 * memory map: a zip file of a pickle and one uncompressed entry per storage (PyTorch,
 * "Serialization semantics"). The pickle is read by a machine that can only make data; the tensors
 * are views of the map, or copies where their elements lie in another order than row by row. What
 * else a training script keeps in such a file (optimizer, arguments, epoch) is passed over. A
 * TorchScript program is such a file too, and gives the tensors of its modules; its code is not
 * read. {@link OldTorchFormat} is what PyTorch wrote before 1.6.
 */
public final class TorchFile implements Weights {
  private static final String PICKLE = "/data.pkl";

  /** Larger than any pickle of a model and its optimizer by far. */
  private static final long MAX_PICKLE = 64 << 20;

  /** How every pickle of protocol 2 or later begins. */
  private static final byte PROTO = (byte) 0x80;

  private final MappedFile file;
  private final Refusals refusals;
  private final Map<String, TensorEntry> tensors = new LinkedHashMap<>();
  private long copied;

  private TorchFile(MappedFile file) {
    this.file = file;
    this.refusals = new Refusals(file.path());
  }

  /**
   * Opens a checkpoint and finds its state dict: at the top level or under {@code model}, {@code
   * state_dict} or {@code model_state_dict}. If all names begin with {@code module.}, that goes.
   *
   * @throws FacetException naming what the file asks for that is not data, or what is broken in it;
   *     a hostile file costs little memory and nothing in it is executed
   */
  public static TorchFile open(Path path) throws IOException {
    MappedFile file = MappedFile.open(path);
    try {
      TorchFile opened = new TorchFile(file);
      opened.load();
      return opened;
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public Path file() {
    return file.path();
  }

  /** In the order of the state dict. */
  @Override
  public Map<String, TensorEntry> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  @Override
  public void close() {
    file.close();
  }

  private void load() {
    StateDict.find(object(file.bytes()), refusals)
        .forEach((name, tensor) -> tensors.put(name, entry(name, tensor)));
  }

  /** The object that was saved. */
  private Object object(MemorySegment bytes) {
    if (OldTorchFormat.is(bytes)) {
      return OldTorchFormat.load(bytes, refusals);
    }
    if (bytes.byteSize() > 0 && bytes.get(ValueLayout.JAVA_BYTE, 0) == PROTO) {
      throw refusals.foreign(
          "is a pickle, but none of torch.save", "save its tensors: torch.save(state_dict, f)");
    }
    StoredZip zip = StoredZip.read(bytes, refusals);
    String folder = folder(zip);
    MemorySegment pickle = zip.find(folder + PICKLE);
    if (pickle == null || pickle.byteSize() > MAX_PICKLE) {
      throw refusals.broken("its pickle is missing or larger than " + MAX_PICKLE + " bytes");
    }
    PickleStack stack = new PickleStack(refusals);
    TorchObjects objects =
        new TorchObjects(stack, refusals, (key, _, _) -> zip.find(folder + "/data/" + key));
    return new Unpickler(new PickleInput(pickle, refusals), stack, objects, refusals).load();
  }

  /** As much of these bytes as a pickle may have. */
  static MemorySegment pickle(MemorySegment bytes) {
    return bytes.asSlice(0, Math.min(bytes.byteSize(), MAX_PICKLE));
  }

  /** The one folder that holds everything in such a file. */
  private String folder(StoredZip zip) {
    String first = zip.names().isEmpty() ? "" : zip.names().iterator().next();
    String folder = first.substring(0, Math.max(0, first.indexOf('/')));
    if (!zip.names().contains(folder + PICKLE)) {
      throw refusals.foreign(
          "is a zip file, but not one of torch.save: it has no FOLDER" + PICKLE,
          "give a checkpoint of torch.save or a safetensors file");
    }
    if (!littleEndian(zip.find(folder + "/byteorder"))) {
      throw refusals.foreign(
          "was written on a big-endian machine",
          "save it again: torch.save(torch.load(f, weights_only=True), g) on a little-endian one");
    }
    return folder;
  }

  private static boolean littleEndian(@Nullable MemorySegment order) {
    // Files of older versions do not say, and are little-endian.
    return order == null
        || Arrays.equals(
            order.asSlice(0, Math.min(order.byteSize(), 16)).toArray(ValueLayout.JAVA_BYTE),
            "little".getBytes(StandardCharsets.US_ASCII));
  }

  private TensorEntry entry(String name, TorchTensor tensor) {
    try {
      if (!tensor.fits()) {
        throw outside(name, tensor);
      }
    } catch (ArithmeticException e) {
      throw outside(name, tensor);
    }
    MemorySegment data = tensor.isContiguous() ? tensor.view() : copy(name, tensor);
    return new TensorEntry(name, tensor.type(), tensor.shape(), data);
  }

  /** Elements in row-major order; all copies together are no larger than the file. */
  private MemorySegment copy(String name, TorchTensor tensor) {
    long size = tensor.elements() * tensor.type().bytes();
    copied += size;
    if (tensor.elements() > tensor.stored() || copied > file.bytes().byteSize()) {
      throw refusals.foreign(
          "repeats elements: "
              + name
              + " of shape "
              + Arrays.toString(tensor.shape())
              + " is a view of "
              + tensor.stored()
              + " elements",
          "save it again after tensor.contiguous()");
    }
    MemorySegment data = file.allocate(size);
    tensor.copyTo(data);
    return data.asReadOnly();
  }

  private FacetException outside(String name, TorchTensor tensor) {
    return refusals.broken(
        String.format(
            Locale.ROOT,
            "%s of shape %s, offset %d and strides %s is not inside its %d elements",
            name,
            Arrays.toString(tensor.shape()),
            tensor.offset(),
            Arrays.toString(tensor.strides()),
            tensor.stored()));
  }
}
