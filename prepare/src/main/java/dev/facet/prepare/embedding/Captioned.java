package dev.facet.prepare.embedding;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a row of a table says of the picture that a vector was made of.
 *
 * @param file its name, as its table lists it
 * @param number of its row in it, from 0
 * @param urls the cells that hold addresses, as they stand
 * @param captions by column, as they stand
 */
public record Captioned(
    String file,
    long number,
    String id,
    List<String> urls,
    SequencedMap<String, List<String>> captions) {
  /** Appends it. */
  void write(DataOutputStream out) throws IOException {
    Parts.write(out, file);
    out.writeLong(number);
    Parts.write(out, id);
    Parts.write(out, urls);
    out.writeInt(captions.size());
    for (Map.Entry<String, List<String>> each : captions.entrySet()) {
      Parts.write(out, each.getKey());
      Parts.write(out, each.getValue());
    }
  }

  /** The next one, or null at the end. */
  static @Nullable Captioned read(DataInputStream in) throws IOException {
    String file = Parts.readOrNull(in);
    if (file == null) {
      return null;
    }
    long number = in.readLong();
    String id = Parts.read(in);
    List<String> urls = Parts.readList(in);
    SequencedMap<String, List<String>> captions = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      captions.put(Parts.read(in), Parts.readList(in));
    }
    return new Captioned(file, number, id, urls, captions);
  }
}
