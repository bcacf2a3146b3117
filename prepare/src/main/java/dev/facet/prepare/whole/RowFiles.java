package dev.facet.prepare.whole;

import dev.facet.base.Json;
import dev.facet.base.Staged;
import dev.facet.prepare.part.FaceRecord;
import dev.facet.prepare.part.PhotoFacts;
import dev.facet.prepare.part.PhotoRecord;
import dev.facet.prepare.part.RowRecord;
import dev.facet.prepare.part.SpoolReader;
import dev.facet.prepare.plan.Ordinal;
import dev.facet.prepare.takedown.TakedownList;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes what became of each row, a file of JSON lines for each part, and counts it. */
final class RowFiles {
  private final Path folder;
  private final long[] ordinals;
  private final Copies copies;
  private final Fates fates;
  private final Map<Integer, String> files;
  private final Tally tally;
  private final TakedownList takedown;
  private int photo;
  private int sample;

  /**
   * @param ordinals the lowest row of each photo, ascending
   * @param files names by their number in ordinals
   * @param tally gets all rows
   * @param takedown of what it names, nothing is written that tells what it was
   */
  RowFiles(
      Path folder,
      long[] ordinals,
      Copies copies,
      Fates fates,
      Map<Integer, String> files,
      Tally tally,
      TakedownList takedown) {
    this.folder = folder;
    this.ordinals = ordinals;
    this.copies = copies;
    this.fates = fates;
    this.files = files;
    this.tally = tally;
    this.takedown = takedown;
  }

  /** Writes the rows of all parts, which have to come in the order in which they were surveyed. */
  void write(List<SpoolFile> spools) throws IOException {
    for (SpoolFile spool : spools) {
      SortedMap<Long, RowOutcome> rows = new TreeMap<>();
      try (SpoolReader reader = new SpoolReader(spool.path())) {
        for (SpoolReader.Entry entry = reader.next(); entry != null; entry = reader.next()) {
          add(entry.record(), rows);
        }
      }
      try (Staged staged = Staged.file(folder.resolve(spool.name() + ".jsonl"))) {
        try (BufferedWriter out = Files.newBufferedWriter(staged.path())) {
          for (RowOutcome row : rows.values()) {
            out.write(Json.LINE.writeValueAsString(row));
            out.write('\n');
          }
        }
        staged.commit();
      }
    }
  }

  private void add(PhotoRecord record, SortedMap<Long, RowOutcome> rows) {
    PhotoFacts facts = record.photo();
    for (RowRecord row : record.rows()) {
      List<Fate> its = new ArrayList<>();
      for (FaceRecord face : row.faces()) {
        if (face.sample() != null) {
          its.add(fates.of(sample++));
        }
      }
      tally.add(row, facts, its);
      boolean gone =
          facts == null
              ? TakenDown.is(row, null, takedown)
              : copies.isTakenDown(copies.group(photo));
      RowOutcome outcome = outcome(row, facts, its);
      rows.put(row.ordinal(), gone ? outcome.takenDown() : outcome);
    }
    photo += facts == null ? 0 : 1;
  }

  private RowOutcome outcome(RowRecord row, @Nullable PhotoFacts facts, List<Fate> its) {
    boolean ok = row.download().equals(RowRecord.OK);
    PhotoFacts shown = ok ? facts : null;
    List<String> results = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    boolean copy = false;
    int next = 0;
    for (int face = 0; face < row.faces().size(); face++) {
      FaceRecord record = row.faces().get(face);
      if (!record.crop().equals(RowRecord.OK)) {
        results.add(record.crop());
      } else if (record.sample() == null) {
        results.add(String.valueOf(record.left()));
      } else {
        Fate fate = its.get(next++);
        copy |= fate == Fate.DUPLICATE || fate == Fate.SPLIT_CONFLICT;
        results.add(fate.isKept() ? fate.split() : fate.reason());
        if (fate.isKept()) {
          ids.add(SampleId.of(row, face));
        }
      }
    }
    List<int[]> boxes = row.boxes();
    return new RowOutcome(
        row.file(),
        row.row(),
        row.id(),
        row.usable(),
        row.download(),
        row.detail().isEmpty() ? null : row.detail(),
        row.host().isEmpty() ? null : row.host(),
        row.source(),
        row.urls().isEmpty() || row.urls().equals(List.of(row.source())) ? null : row.urls(),
        shown == null ? null : shown.width(),
        shown == null ? null : shown.height(),
        shown == null ? null : shown.format(),
        shown == null ? null : shown.sha256(),
        row.captions(),
        shown == null || row.faces().isEmpty() ? Tally.NO_PICTURE : row.faces().getFirst().crop(),
        boxes.isEmpty() ? null : boxes.getFirst(),
        boxes.size() > 1 ? boxes : null,
        ok ? results : List.of(row.download()),
        ids,
        copy ? original() : null);
  }

  /** The row that stands for the photo at hand. */
  private String original() {
    int group = copies.group(photo);
    if (copies.isKnown(group)) {
      return "an earlier run";
    }
    long ordinal = ordinals[copies.place(group)];
    return files.getOrDefault(Ordinal.file(ordinal), "") + "#" + Ordinal.row(ordinal);
  }
}
