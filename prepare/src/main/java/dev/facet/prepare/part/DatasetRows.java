package dev.facet.prepare.part;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.Row;
import dev.facet.loader.storage.Patience;
import dev.facet.prepare.photo.Unreadable;
import dev.facet.prepare.plan.DatasetPlan;
import dev.facet.prepare.source.PictureStates;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.Future;

/** Rows whose pictures are there already: a task for each chunk of the data. */
final class DatasetRows implements Rows {
  /** The part of a file that holds a row is damaged. */
  static final String UNREADABLE = "unreadable";

  /** The column of captions that have no names of their own. */
  static final String CAPTIONS = "captions";

  private final DatasetPlan plan;
  private final Makers makers;
  private final PictureStates words;

  DatasetRows(DatasetPlan plan, Makers makers) {
    this.words = new PictureStates(plan.fields());
    this.plan = plan;
    this.makers = makers;
  }

  @Override
  public void make(int part, Set<Long> done, Sink sink) throws IOException, InterruptedException {
    List<Future<Boolean>> tasks = new ArrayList<>();
    for (DatasetPlan.Piece piece : plan.part(part)) {
      tasks.add(
          makers.begin(
              maker -> {
                make(piece, maker, done, sink);
                return true;
              }));
    }
    for (Future<Boolean> task : tasks) {
      Makers.result(task);
    }
  }

  private void make(DatasetPlan.Piece piece, RowMaker maker, Set<Long> done, Sink sink)
      throws IOException {
    Row row = Row.lenient();
    Chunk open;
    try {
      open = Patience.sleeping().read(() -> piece.data().open(piece.chunk()));
    } catch (IOException e) {
      String where = piece.data().where(piece.chunk());
      for (int i = 0; i < piece.rows(); i++) {
        if (!done.contains(piece.ordinal(i))) {
          row.place(where, piece.first() + i);
          sink.add(
              failed(maker, row, piece.ordinal(i), UNREADABLE, String.valueOf(e.getMessage())));
        }
      }
      return;
    }
    try (open) {
      for (int i = 0; i < piece.rows(); i++) {
        if (!done.contains(piece.ordinal(i))) {
          int index = i;
          sink.add(
              Patience.sleeping().read(() -> made(open, index, row, piece.ordinal(index), maker)));
        }
      }
    }
  }

  private Made made(Chunk chunk, int index, Row row, long ordinal, RowMaker maker)
      throws IOException {
    row.clear();
    String reason;
    String detail;
    try {
      chunk.read(index, row);
      RowMaker.Result result =
          maker.make(row.image(), List.of(candidate(row, ordinal)), row.source(), "");
      if (result instanceof RowMaker.Found found) {
        return found.made();
      }
      Unreadable why = ((RowMaker.Failed) result).why();
      reason = why.reason();
      detail = why.message();
    } catch (BadSampleException e) {
      reason = words.word(e.reason());
      detail = String.valueOf(e.getMessage());
    }
    return failed(maker, row, ordinal, reason, detail);
  }

  private static Made failed(RowMaker maker, Row row, long ordinal, String reason, String detail) {
    RowRecord record =
        maker.failed(candidate(row, ordinal), true, reason, detail, row.source(), "");
    return new Made(new PhotoRecord(null, List.of(record)), List.of());
  }

  private static Candidate candidate(Row row, long ordinal) {
    SequencedMap<String, List<String>> captions =
        new LinkedHashMap<>(Map.of(CAPTIONS, row.captions()));
    String boxText = row.malformedBox();
    double[] edges = row.box();
    return new Candidate(
        ordinal,
        row.file(),
        row.number(),
        row.id(),
        List.of(),
        captions,
        boxText == null ? List.of() : List.of(boxText),
        boxText == null && edges != null ? edges.clone() : null,
        null);
  }
}
