package dev.facet.spark;

import dev.facet.base.Json;
import dev.facet.base.Staged;
import dev.facet.prepare.Engine;
import dev.facet.prepare.part.LaneSpool;
import dev.facet.prepare.part.Parts;
import dev.facet.prepare.plan.AddressPlan;
import dev.facet.prepare.plan.Errand;
import dev.facet.prepare.plan.ErrandCodec;
import dev.facet.prepare.plan.LaneDealer;
import dev.facet.prepare.plan.Lanes;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Fetches a plan in rounds. In each, the hosts that are to be asked are dealt into lanes, and a
 * lane is one task: so one executor asks a host at a time, and keeps its limits. Where an address
 * fails, or sends on to a host of another lane, the rows wait for the next round. When nobody is
 * left to be asked, parts are put together from what the lanes have of them.
 *
 * <p>No stage depends on data that lies with executors, so that Spark never runs one again while
 * tasks of it are still under way.
 */
final class Rounds {
  /** What a round is about. */
  record Dealt(SortedMap<Integer, Long> lanes, SortedMap<Integer, Long> parts) {}

  private final JavaSparkContext spark;
  private final JobFiles files;
  private final Engine.Work work;
  private final int number;
  private final AddressPlan plan;
  private final Lanes lanes;
  private final URI parts;
  private final URI rounds;

  Rounds(
      JavaSparkContext spark,
      JobFiles files,
      URI parts,
      Engine.Work work,
      int number,
      AddressPlan plan) {
    this.spark = spark;
    this.files = files;
    this.work = work;
    this.number = number;
    this.plan = plan;
    this.lanes = Lanes.of(plan.parts());
    this.parts = parts;
    this.rounds = parts.resolve(String.format(Locale.ROOT, "rounds/%03d/", number));
  }

  /** The file of a part in a folder that may be anywhere. */
  static URI spool(URI parts, int plan, int part) {
    return parts.resolve(Parts.spool(Path.of(""), plan, part).toString());
  }

  void run() throws IOException, InterruptedException {
    List<Integer> left = new ArrayList<>();
    for (int part = 0; part < plan.parts(); part++) {
      if (!files.exists(spool(parts, number, part))) {
        left.add(part);
      }
    }
    if (left.isEmpty()) {
      return;
    }
    Dealt first = dealt(0, dealer -> dealPlan(left, dealer));
    List<Haul> all = new ArrayList<>();
    Dealt dealt = first;
    for (int round = 0; !dealt.lanes.isEmpty(); round++) {
      List<Haul> hauls = fetch(round, dealt);
      all.addAll(hauls);
      dealt = dealt(round + 1, dealer -> dealOnward(hauls, dealer));
    }
    gather(left, first, all);
    files.delete(rounds);
  }

  private URI folder(int round) {
    return rounds.resolve(String.format(Locale.ROOT, "%02d/", round));
  }

  /** What deals all errands of a round, and tells the rows of each part. */
  private interface Dealing {
    SortedMap<Integer, Long> to(LaneDealer dealer) throws IOException;
  }

  /** Deals a round, unless an earlier driver did. */
  private Dealt dealt(int round, Dealing dealing) throws IOException {
    URI done = folder(round).resolve("dealt.json");
    if (files.exists(done)) {
      try (InputStream in = files.open(done)) {
        return Json.LINE.readValue(in, Dealt.class);
      }
    }
    Path scratch = Files.createTempDirectory(work.parts(), "lanes-");
    try {
      LaneDealer dealer = new LaneDealer(lanes, scratch);
      SortedMap<Integer, Long> its = dealing.to(dealer);
      Dealt dealt = new Dealt(dealer.finish(), its);
      for (int lane : dealt.lanes.keySet()) {
        files.put(LaneTask.errands(folder(round), lane), out -> Files.copy(dealer.file(lane), out));
      }
      byte[] json = Json.LINE.writeValueAsBytes(dealt);
      files.put(done, out -> out.write(json));
      return dealt;
    } finally {
      Staged.delete(scratch);
    }
  }

  private SortedMap<Integer, Long> dealPlan(List<Integer> left, LaneDealer dealer)
      throws IOException {
    SortedMap<Integer, Long> rows = new TreeMap<>();
    for (int part : left) {
      rows.put(part, 0L);
      for (Errand errand : plan.part(part)) {
        dealer.add(errand);
        rows.merge(part, (long) errand.rows().size(), Long::sum);
      }
    }
    return rows;
  }

  /** In the order of the parts, as lanes work on those of a block together. */
  private SortedMap<Integer, Long> dealOnward(List<Haul> hauls, LaneDealer dealer)
      throws IOException {
    SortedMap<Integer, Long> rows = new TreeMap<>();
    List<Haul> inOrder =
        hauls.stream()
            .sorted(Comparator.comparingInt(Haul::block).thenComparing(Haul::file))
            .toList();
    for (Haul haul : inOrder) {
      LaneSpool.Contents contents = haul.read();
      byte[] bytes = new byte[Math.toIntExact(contents.end() - contents.onward())];
      try (FSDataInputStream in = files.open(haul.file())) {
        in.readFully(contents.onward(), bytes);
      }
      DataInputStream errands = new DataInputStream(new ByteArrayInputStream(bytes));
      for (Errand errand = ErrandCodec.read(errands);
          errand != null;
          errand = ErrandCodec.read(errands)) {
        dealer.add(errand);
        rows.merge(errand.part(), (long) errand.rows().size(), Long::sum);
      }
    }
    return rows;
  }

  private List<Haul> fetch(int round, Dealt dealt) throws IOException {
    Recipe recipe = new Recipe(work.settings(), work.takedown().entries(), plan.files());
    List<Integer> numbers = List.copyOf(dealt.lanes.keySet());
    LaneTask task = new LaneTask(files, folder(round), lanes.count(), recipe.json());
    return SparkFailure.told(
        () ->
            spark.parallelize(numbers, numbers.size()).map(task).collect().stream()
                .flatMap(List::stream)
                .toList());
  }

  private void gather(List<Integer> left, Dealt first, List<Haul> hauls) throws IOException {
    Map<Integer, List<GatherTask.Piece>> pieces = new HashMap<>();
    for (Haul haul : hauls) {
      for (LaneSpool.Slice slice : haul.read().slices()) {
        pieces
            .computeIfAbsent(slice.part(), part -> new ArrayList<>())
            .add(new GatherTask.Piece(haul.file(), slice.offset(), slice.length()));
      }
    }
    List<GatherTask.Part> all = new ArrayList<>();
    for (int part : left) {
      all.add(
          new GatherTask.Part(
              spool(parts, number, part),
              first.parts.getOrDefault(part, 0L),
              pieces.getOrDefault(part, List.of())));
    }
    GatherTask task = new GatherTask(files);
    SparkFailure.told(() -> spark.parallelize(all, all.size()).map(task).count());
  }
}
