package dev.facet.prepare.plan;

import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.base.Staged;
import dev.facet.prepare.plan.PlanFile.PlannedFile;
import dev.facet.prepare.source.PublishedRow;
import dev.facet.prepare.source.PublishedTables;
import dev.facet.prepare.source.RowSink;
import dev.facet.prepare.source.TableFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * The rows of address tables, dealt into parts on disk. A plan is made once and never changes:
 * files that come to the source later make a further plan, whose rows stand behind all earlier
 * ones.
 */
public final class AddressPlan {
  private static final String NAME = "plan.json";

  /** Rows of a part, about: what a killed process may have to look through again. */
  private static final int ROWS_PER_PART = 8192;

  /** More files in a folder would be slow to list. */
  private static final int MOST_PARTS = 8192;

  private final Path folder;
  private final PlanFile content;

  private AddressPlan(Path folder, PlanFile content) {
    this.folder = folder;
    this.content = content;
  }

  /**
   * Opens the plans in a folder, and makes one for files that none of them has.
   *
   * @param progress told the number of rows read so far
   * @return in the order in which they were made; one at least
   * @throws FacetException if a file that was planned is gone or another
   */
  public static List<AddressPlan> of(PublishedTables tables, Path plans, LongConsumer progress)
      throws IOException, InterruptedException {
    List<AddressPlan> all = new ArrayList<>();
    Map<String, TableFile> left = new LinkedHashMap<>();
    for (TableFile file : tables.files()) {
      left.put(file.name(), file);
    }
    int files = 0;
    while (Files.isDirectory(folder(plans, all.size()))) {
      Path folder = folder(plans, all.size());
      PlanFile content = Json.read(folder.resolve(NAME), PlanFile.class, 1L << 30);
      for (PlannedFile planned : content.files()) {
        check(planned, left.remove(planned.name()), plans);
      }
      files += content.files().size();
      all.add(new AddressPlan(folder, content));
    }
    if (!left.isEmpty() || all.isEmpty()) {
      Path folder = folder(plans, all.size());
      all.add(make(tables, List.copyOf(left.values()), files, folder, progress));
    }
    return all;
  }

  /** Bytes that the plans for these files will take on disk, about. */
  public static long estimatedBytes(PublishedTables tables) {
    // Tables of texts pack to a third or so, and a plan is not packed.
    return 3 * tables.files().stream().mapToLong(TableFile::bytes).sum();
  }

  private static Path folder(Path plans, int number) {
    return plans.resolve(String.format(Locale.ROOT, "%03d", number));
  }

  private static void check(PlannedFile planned, TableFile now, Path plans) throws IOException {
    if (now == null
        || now.bytes() != planned.bytes()
        || Files.getLastModifiedTime(now.path()).toMillis() != planned.modified()) {
      throw FacetException.usage(
          "%s is %s since %s was begun: a source may grow by whole files only; put the file back, or name another --out"
              .formatted(planned.name(), now == null ? "gone" : "another file", plans.getParent()));
    }
  }

  private static AddressPlan make(
      PublishedTables tables,
      List<TableFile> files,
      int firstFile,
      Path folder,
      LongConsumer progress)
      throws IOException, InterruptedException {
    long expected = 0;
    for (TableFile file : files) {
      expected += file.rows() >= 0 ? file.rows() : tables.count(file);
    }
    int parts = Math.clamp(expected / ROWS_PER_PART, 1, MOST_PARTS);
    try (Staged staged = Staged.directory(folder);
        Dealer dealer = new Dealer(staged.path(), parts)) {
      List<PlannedFile> planned = new ArrayList<>();
      List<UnreadableRows> unreadable = new ArrayList<>();
      long rows = 0;
      for (TableFile file : files) {
        Reading reading = new Reading(firstFile + planned.size(), file, dealer, rows, progress);
        tables.read(file, reading);
        planned.add(
            new PlannedFile(
                file.name(),
                file.bytes(),
                Files.getLastModifiedTime(file.path()).toMillis(),
                reading.next));
        unreadable.addAll(reading.unreadable);
        rows += reading.next;
      }
      dealer.finish();
      PlanFile content = new PlanFile(firstFile, planned, rows, parts, unreadable);
      Json.PRETTY.writeValue(staged.path().resolve(NAME).toFile(), content);
      staged.commit();
      return new AddressPlan(folder, content);
    }
  }

  /** The rows of one file on their way to the dealer. */
  private static final class Reading implements RowSink {
    private final int number;
    private final TableFile file;
    private final Dealer dealer;
    private final long before;
    private final LongConsumer progress;
    private final List<UnreadableRows> unreadable = new ArrayList<>();
    private long next;

    Reading(int number, TableFile file, Dealer dealer, long before, LongConsumer progress) {
      this.number = number;
      this.file = file;
      this.dealer = dealer;
      this.before = before;
      this.progress = progress;
    }

    @Override
    public void row(PublishedRow row) throws IOException {
      dealer.add(Ordinal.of(number, row.number()), row);
      next = row.number() + 1;
      progress.accept(before + next);
    }

    @Override
    public void unreadable(long first, long count, String why) {
      unreadable.add(new UnreadableRows(file.name(), first, count, why));
      next = first + count;
    }
  }

  /** How many parts there are. */
  public int parts() {
    return content.parts();
  }

  /** Rows of all its files, unreadable ones included. */
  public long rows() {
    return content.rows();
  }

  public List<UnreadableRows> unreadable() {
    return content.unreadable();
  }

  /** Names of its files by their number in ordinals. */
  public Map<Integer, String> files() {
    Map<Integer, String> names = new HashMap<>();
    for (int i = 0; i < content.files().size(); i++) {
      names.put(content.firstFile() + i, content.files().get(i).name());
    }
    return names;
  }

  /** Addresses that are to be asked once though rows lead to them in several ways. */
  public SharedAddresses shared() throws IOException {
    return SharedAddresses.read(folder);
  }

  /** What is to be asked for the rows of a part; those of one address are one errand. */
  public List<Errand> part(int number) throws IOException {
    Map<Object, List<PlannedRow>> byAddress = new LinkedHashMap<>();
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(Files.newInputStream(Dealer.file(folder, number)), 1 << 16))) {
      for (PlannedRow row = RowCodec.read(in); row != null; row = RowCodec.read(in)) {
        Object key = row.addresses().isEmpty() ? row.ordinal() : row.addresses().getFirst();
        byAddress.computeIfAbsent(key, address -> new ArrayList<>()).add(row);
      }
    }
    return byAddress.values().stream().map(rows -> Errand.first(number, rows)).toList();
  }
}
