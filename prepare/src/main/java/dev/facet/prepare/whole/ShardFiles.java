package dev.facet.prepare.whole;

import dev.facet.augment.geometry.Box;
import dev.facet.base.Json;
import dev.facet.base.Staged;
import dev.facet.loader.shard.Manifest;
import dev.facet.loader.shard.writing.ShardFileWriter;
import dev.facet.loader.shard.writing.ShardRow;
import dev.facet.prepare.part.FaceRecord;
import dev.facet.prepare.part.Made;
import dev.facet.prepare.part.RowRecord;
import dev.facet.prepare.part.SampleRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Writes the samples that are kept as shards, in an order that is a random draw of the whole and
 * the same every time: so a shard that is there already is left alone.
 */
final class ShardFiles {
  /** The column of what is trained on. */
  static final String CAPTIONS = "captions";

  private final Path folder;
  private final Path done;
  private final List<SpoolFile> spools;
  private final SamplePlaces places;
  private final List<String> columns;
  private final ShardSettings settings;
  private final TrainedCaptions trained;

  /**
   * @param folder for the shards
   * @param done for what is known of those that are finished
   * @param places of all samples
   * @param columns that captions come from
   */
  ShardFiles(
      Path folder,
      Path done,
      List<SpoolFile> spools,
      SamplePlaces places,
      List<String> columns,
      ShardSettings settings,
      TrainedCaptions trained) {
    this.folder = folder;
    this.done = done;
    this.spools = spools;
    this.places = places;
    this.columns = columns;
    this.settings = settings;
    this.trained = trained;
  }

  /**
   * Writes the samples of a split.
   *
   * @param first number of its first shard
   * @param samples in their order
   * @param progress told the number of samples written of this split
   */
  List<Manifest.ShardInfo> write(String split, int first, int[] samples, LongConsumer progress)
      throws IOException {
    List<Manifest.ShardInfo> infos = new ArrayList<>();
    try (OpenSpools open = new OpenSpools(spools)) {
      for (int from = 0; from < samples.length; from += settings.rowsPerShard()) {
        int to = Math.min(samples.length, from + settings.rowsPerShard());
        String name = String.format(Locale.ROOT, "%s-%05d.parquet", split, first + infos.size());
        infos.add(shard(name, split, samples, from, to, open));
        progress.accept(to);
      }
    }
    return infos;
  }

  private Manifest.ShardInfo shard(
      String name, String split, int[] samples, int from, int to, OpenSpools open)
      throws IOException {
    Path finished = done.resolve(name + ".json");
    if (Files.exists(finished) && Files.exists(folder.resolve(name))) {
      Manifest.ShardInfo info = Json.read(finished, Manifest.ShardInfo.class);
      if (info.bytes() == Files.size(folder.resolve(name))) {
        return info;
      }
    }
    List<String> named = named();
    try (Staged staged = Staged.file(folder.resolve(name))) {
      Manifest.ShardInfo info;
      try (ShardFileWriter writer =
          new ShardFileWriter(staged.path(), named, settings.rowsPerGroup())) {
        for (int i = from; i < to; i++) {
          writer.write(row(samples[i], split, named, open));
        }
        info = writer.finish(name, split);
      }
      staged.commit();
      Staged.write(finished, Json.LINE.writeValueAsString(info));
      return info;
    }
  }

  /** Columns of their own for captions: none where they all come from one. */
  private List<String> named() {
    return columns.size() > 1 ? columns : List.of();
  }

  private ShardRow row(int sample, String split, List<String> named, OpenSpools open)
      throws IOException {
    Made made = open.get(places.spool(sample)).read(places.offset(sample));
    int left = places.number(sample);
    for (RowRecord row : made.record().rows()) {
      for (int face = 0; face < row.faces().size(); face++) {
        FaceRecord record = row.faces().get(face);
        SampleRecord found = record.sample();
        if (found != null && left-- == 0) {
          byte[] picture = made.pictures().get(places.number(sample));
          return row(row, face, found, picture, split, named);
        }
      }
    }
    throw new IllegalStateException("sample " + sample + " is not where it was");
  }

  private ShardRow row(
      RowRecord row,
      int face,
      SampleRecord sample,
      byte[] picture,
      String split,
      List<String> named) {
    Map<String, List<String>> byName = new LinkedHashMap<>(sample.captions());
    byName.keySet().retainAll(named);
    double[] box = sample.box();
    return new ShardRow(
        SampleId.of(row, face),
        picture,
        trained.of(sample),
        box == null ? null : new Box(box[0], box[1], box[2], box[3]),
        sample.width(),
        sample.height(),
        Map.of(),
        row.source(),
        null,
        split,
        byName);
  }
}
