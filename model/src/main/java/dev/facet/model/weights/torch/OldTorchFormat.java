package dev.facet.model.weights.torch;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * What torch.save wrote before PyTorch 1.6, and still does when asked (torch/serialization.py,
 * _legacy_save): five pickles one behind the other (a mark, a version, facts of the machine, the
 * object, the keys of its storages), then each storage as the number of its elements and these.
 */
final class OldTorchFormat {
  /** The first two pickles: 0x1950a86a20f9469cfc6c and 1001. */
  private static final byte[] START = {
    (byte) 0x80,
    2,
    (byte) 0x8A,
    10,
    0x6C,
    (byte) 0xFC,
    (byte) 0x9C,
    0x46,
    (byte) 0xF9,
    0x20,
    0x6A,
    (byte) 0xA8,
    0x50,
    0x19,
    '.',
    (byte) 0x80,
    2,
    'M',
    (byte) 0xE9,
    3,
    '.'
  };

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment file;
  private final Refusals refusals;

  /** Where each storage lies, as far as that is known. */
  private final Map<String, MemorySegment> storages = new HashMap<>();

  /** What the object says of a storage. */
  private record Claim(long elements, long bytes) {}

  private final Map<String, Claim> claims = new HashMap<>();

  private OldTorchFormat(MemorySegment file, Refusals refusals) {
    this.file = file;
    this.refusals = refusals;
  }

  static boolean is(MemorySegment file) {
    return file.byteSize() > START.length
        && file.asSlice(0, START.length).mismatch(MemorySegment.ofArray(START)) == -1;
  }

  /** The object that was saved. */
  static Object load(MemorySegment file, Refusals refusals) {
    return new OldTorchFormat(file, refusals).load();
  }

  /** The object stands before its storages, so it is read once for their sizes, once in earnest. */
  private Object load() {
    long object = read(START.length, this::claimed).end;
    Pickled claimed = read(object, this::claimed);
    Pickled keys = read(claimed.end, this::claimed);
    if (!(keys.value instanceof PickleList list)) {
      throw refusals.broken("it does not list its storages");
    }
    long at = keys.end;
    for (Object each : list.values()) {
      Claim claim = each instanceof String key ? claims.get(key) : null;
      if (claim == null) {
        throw refusals.broken("it lists a storage that nothing refers to");
      }
      if (at > file.byteSize() - 8 || claim.bytes > file.byteSize() - 8 - at) {
        throw refusals.broken("it is cut off in its storage " + Refusals.shown(each.toString()));
      }
      if (file.get(LONG, at) != claim.elements) {
        throw refusals.broken(
            "its storage " + Refusals.shown(each.toString()) + " has another length than claimed");
      }
      storages.put(each.toString(), file.asSlice(at + 8, claim.bytes));
      at += 8 + claim.bytes;
    }
    return read(object, (key, _, _) -> storages.get(key)).value;
  }

  /** Memory of the length that a storage is to have; where it lies is not known yet. */
  private MemorySegment claimed(String key, long elements, int width) {
    if (elements < 0 || elements > file.byteSize() / width) {
      throw refusals.broken("it is cut off before its storage " + Refusals.shown(key));
    }
    claims.put(key, new Claim(elements, elements * width));
    return file.asSlice(0, elements * width);
  }

  /**
   * A pickle in the file.
   *
   * @param end where the next begins
   */
  private record Pickled(Object value, long end) {}

  private Pickled read(long from, TorchObjects.Storages found) {
    PickleStack stack = new PickleStack(refusals);
    PickleInput in = new PickleInput(TorchFile.pickle(file.asSlice(from)), refusals);
    TorchObjects objects = new TorchObjects(stack, refusals, found);
    Object value = new Unpickler(in, stack, objects, refusals).load();
    return new Pickled(value, from + in.position());
  }
}
