package dev.facet.prepare.plan;

import dev.facet.prepare.fetch.Trail;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Errands as bytes, in files that nobody but this program reads, and that it made itself. */
public final class ErrandCodec {
  private ErrandCodec() {}

  /** Appends an errand. */
  public static void write(DataOutputStream out, Errand errand) throws IOException {
    out.writeInt(errand.part());
    out.writeInt(errand.number());
    Trail trail = errand.trail();
    out.writeBoolean(trail != null);
    if (trail != null) {
      RowCodec.texts(out, trail.seen().stream().map(URI::toString).toList());
      RowCodec.text(out, trail.next().toString());
      out.writeInt(trail.tried());
    }
    out.writeInt(errand.rows().size());
    for (PlannedRow row : errand.rows()) {
      RowCodec.write(out, row.ordinal(), row.row());
    }
  }

  /** The next errand, or null at the end. */
  public static @Nullable Errand read(DataInputStream in) throws IOException {
    int part;
    try {
      part = in.readInt();
    } catch (EOFException e) {
      return null;
    }
    int number = in.readInt();
    Trail trail = null;
    if (in.readBoolean()) {
      List<URI> seen = RowCodec.texts(in).stream().map(URI::create).toList();
      trail = new Trail(seen, URI.create(RowCodec.text(in)), in.readInt());
    }
    int count = in.readInt();
    List<PlannedRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      PlannedRow row = RowCodec.read(in);
      if (row == null) {
        throw new EOFException("a list of errands ends within one");
      }
      rows.add(row);
    }
    return new Errand(part, rows, number, trail);
  }
}
