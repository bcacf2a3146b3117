package dev.facet.spark;

import dev.facet.base.FacetException;
import dev.facet.prepare.part.PartWriter;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.spark.api.java.function.Function;

/** Puts parts together from what the lanes have of them. */
record GatherTask(JobFiles files) implements Function<GatherTask.Part, Long> {
  private static final long serialVersionUID = 1L;

  /** Records of a part in the file of a lane. */
  record Piece(URI file, long offset, long length) implements Serializable {}

  /**
   * A part.
   *
   * @param rows that it must have
   */
  record Part(URI spool, long rows, List<Piece> pieces) implements Serializable {}

  @Override
  public Long call(Part part) throws IOException {
    files.put(
        part.spool,
        out -> {
          PartWriter writer = new PartWriter(out);
          for (Piece piece : part.pieces) {
            try (FSDataInputStream in = files.open(piece.file)) {
              in.seek(piece.offset);
              writer.add(new BufferedInputStream(in, 1 << 16), piece.length, piece.file.toString());
            }
          }
          if (writer.rows() != part.rows) {
            throw FacetException.run(
                String.format(
                    Locale.ROOT,
                    "%s would have %,d rows and not %,d: delete the folder rounds beside it and run"
                        + " the command again, which fetches its parts anew",
                    part.spool,
                    writer.rows(),
                    part.rows));
          }
        });
    return part.rows;
  }
}
