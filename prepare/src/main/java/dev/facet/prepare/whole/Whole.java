package dev.facet.prepare.whole;

import dev.facet.loader.shard.Manifest;
import dev.facet.prepare.duplicates.DuplicateSettings;
import dev.facet.prepare.filter.CaptionScorer;
import dev.facet.prepare.filter.FilterSettings;
import dev.facet.prepare.plan.Ordinal;
import dev.facet.prepare.takedown.TakedownList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes shards of parts that are done.
 *
 * @param out folder of the shards
 * @param state folder that keeps what a later run has to know
 * @param kept columns of captions that are not trained on
 * @param scorer who says how well captions fit; null if nobody is asked
 * @param takedown what must not be in the shards, whenever that was said
 */
public record Whole(
    Path out,
    Path state,
    long seed,
    DuplicateSettings duplicates,
    FilterSettings filter,
    SplitSettings split,
    ShardSettings shards,
    List<String> kept,
    @Nullable CaptionScorer scorer,
    TakedownList takedown) {
  /** Where it is kept in the state's folder what a model said, until all is written. */
  public static final String SCORES = "scores";

  private static final String SURVEY = "survey";

  /**
   * What came of it.
   *
   * @param files all shards there are, those of earlier runs first
   */
  public record Result(List<Manifest.ShardInfo> files, Counts counts) {}

  /**
   * Decides what is kept, writes what became of each row and the shards.
   *
   * @param spools the parts
   * @param files names by their number in ordinals
   * @param own sides that files have by themselves, by the same numbers; empty if none has one
   * @param unreadable rows that no part has
   * @param earlier shards of earlier runs
   * @param known photos of earlier runs; need not exist
   * @param next file for these and the new ones
   */
  public Result make(
      List<SpoolFile> spools,
      Map<Integer, String> files,
      Map<Integer, Side> own,
      long unreadable,
      List<Manifest.ShardInfo> earlier,
      Path known,
      Path next,
      WholeProgress progress)
      throws IOException {
    Survey.Sides sides =
        (photo, ordinal) ->
            own.isEmpty()
                ? Side.of(photo.sha256(), split)
                : own.getOrDefault(Ordinal.file(ordinal), Side.TRAIN);
    try (Survey survey = Survey.of(state.resolve(SURVEY), spools, sides, takedown)) {
      TrainedCaptions trained = TrainedCaptions.of(spools, kept, filter.maxRepeats());
      Tally tally = new Tally();
      tally.addUnreadable(unreadable);
      KnownPhotos before = KnownPhotos.read(known);
      Fates fates = decide(spools, survey, files, before, next, trained, tally, progress);
      Counts counts = tally.counts(survey.distinctPhotos());
      List<Manifest.ShardInfo> all = new ArrayList<>(earlier);
      all.addAll(write(spools, survey, fates, earlier, trained, counts.samples(), progress));
      return new Result(all, counts);
    }
  }

  /** Decides on all samples, and writes what became of the rows and the file for a later run. */
  private Fates decide(
      List<SpoolFile> spools,
      Survey survey,
      Map<Integer, String> files,
      KnownPhotos before,
      Path next,
      TrainedCaptions trained,
      Tally tally,
      WholeProgress progress)
      throws IOException {
    BitSet repeated = trained.repeated(spools);
    BitSet dissimilar = new BitSet();
    if (scorer != null) {
      long samples = survey.sampleCount();
      dissimilar =
          new Similarities(state.resolve(SCORES), scorer, trained)
              .below(filter.minSimilarity(), spools, scored -> progress.scored(scored, samples));
    }
    PhotoOrder order = PhotoOrder.of(survey.ordinals());
    Copies copies = Copies.of(before, survey, order, duplicates);
    copies.write(next);
    Fates fates = Fates.of(survey, copies, repeated, dissimilar, duplicates.drop());
    long[] ordinals = new long[survey.photoCount()];
    order.arrange(survey.ordinals(), ordinals, 0);
    new RowFiles(out.resolve("rows"), ordinals, copies, fates, files, tally, takedown)
        .write(spools);
    return fates;
  }

  /** Writes the shards, what is held out first. */
  private List<Manifest.ShardInfo> write(
      List<SpoolFile> spools,
      Survey survey,
      Fates fates,
      List<Manifest.ShardInfo> earlier,
      TrainedCaptions trained,
      long total,
      WholeProgress progress)
      throws IOException {
    SamplePlaces places = survey.places();
    ShardOrder order = new ShardOrder(places, spools, seed);
    ShardFiles writer =
        new ShardFiles(
            out, state.resolve("shards"), spools, places, survey.columns(), shards, trained);
    List<Manifest.ShardInfo> infos = new ArrayList<>();
    long written = 0;
    for (Fate fate : List.of(Fate.TEST, Fate.VALIDATION, Fate.TRAIN)) {
      int first = firstFree(earlier, fate.split());
      long already = written;
      int[] samples = order.of(fate, fates);
      infos.addAll(
          writer.write(
              fate.split(), first, samples, count -> progress.written(already + count, total)));
      written += samples.length;
    }
    return infos;
  }

  /** The number behind all that shards of a split have; one that became empty has left a gap. */
  private static int firstFree(List<Manifest.ShardInfo> earlier, String split) {
    int free = 0;
    for (Manifest.ShardInfo info : earlier) {
      if (info.split().equals(split)) {
        String number = info.name().replaceAll(".*-(\\d+)\\.parquet", "$1");
        free = Math.max(free, Integer.parseInt(number) + 1);
      }
    }
    return free;
  }
}
