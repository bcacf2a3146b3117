package dev.facet.prepare;

import dev.facet.base.Json;
import dev.facet.base.Rgb;
import dev.facet.loader.data.Format;
import dev.facet.loader.data.Preset;
import dev.facet.loader.decode.DecodeSettings;
import dev.facet.loader.vector.Element;
import dev.facet.prepare.caption.CaptionSettings;
import dev.facet.prepare.duplicates.DuplicateSettings;
import dev.facet.prepare.embedding.EmbeddingSettings;
import dev.facet.prepare.face.CropSettings;
import dev.facet.prepare.fetch.FetchSettings;
import dev.facet.prepare.filter.CaptionScorer;
import dev.facet.prepare.filter.FilterSettings;
import dev.facet.prepare.part.PhotoRecord;
import dev.facet.prepare.source.PublishedSet;
import dev.facet.prepare.takedown.TakedownList;
import dev.facet.prepare.whole.Counts;
import dev.facet.prepare.whole.ShardSettings;
import dev.facet.prepare.whole.SplitSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs preparations of small data, with settings for tests. */
record Prepared(PrepareSettings settings, @Nullable CaptionScorer scorer) {
  private static final EmbeddingSettings EMBEDDINGS =
      new EmbeddingSettings(null, null, Element.AUTO, EmbeddingSettings.Store.FLOAT32);

  private Prepared(PrepareSettings settings) {
    this(settings, null);
  }

  /** Tells nobody. */
  static class Quiet implements PrepareProgress {
    @Override
    public void planned(long rows) {}

    @Override
    public void begun(long rows) {}

    @Override
    public void found(long rows) {}

    @Override
    public void made(PhotoRecord record) {}

    @Override
    public void scored(long samples, long total) {}

    @Override
    public void written(long samples, long total) {}
  }

  /** Whole pictures from addresses, of which half are held out. */
  static Prepared addresses() {
    return new Prepared(
        new PrepareSettings(
            0,
            2,
            new SourceSettings(
                SourceSettings.Kind.ADDRESSES,
                PublishedSet.ADDRESSES,
                Preset.FACET,
                Format.AUTO,
                null,
                null,
                new ColumnSettings(null, List.of("id"), null, null, null, null),
                List.of()),
            EMBEDDINGS,
            new FetchSettings(
                30, 0, 1, 1 << 20, 2, 8, 8, 1 << 22, List.of("127.0.0.1"), true, "test", 0),
            new DecodeSettings(25_000_000, 1 << 24, false, Rgb.of(0), true),
            new CropSettings(
                CropSettings.Region.WHOLE,
                CropSettings.WithoutBox.DROP,
                CropSettings.DEFAULT.boxSpace(),
                0.25,
                true,
                CropSettings.Edge.CUT,
                0,
                0,
                CropSettings.Sized.SHORTER,
                false,
                CropSettings.DEFAULT.format(),
                95),
            FilterSettings.DEFAULT,
            DuplicateSettings.DEFAULT,
            new SplitSettings(0, 0.5),
            CaptionSettings.DEFAULT,
            new ShardSettings(4, 8)));
  }

  /** The same of pictures that are there. */
  Prepared ofPictures() {
    return ofPictures(Preset.FACET, null);
  }

  /** The same of a published set, whose paths start at a folder. */
  Prepared ofPictures(Preset preset, @Nullable Path imageRoot) {
    SourceSettings source = settings.source();
    return with(
        new SourceSettings(
            SourceSettings.Kind.PICTURES,
            source.set(),
            preset,
            Format.AUTO,
            imageRoot,
            null,
            new ColumnSettings(null, null, null, null, null, null),
            List.of()));
  }

  /** Tables of captions whose pictures have become vectors. */
  Prepared ofEmbeddings(List<String> captions) {
    SourceSettings source = settings.source();
    return with(
        new SourceSettings(
            SourceSettings.Kind.EMBEDDINGS,
            source.set(),
            Preset.FACET,
            Format.AUTO,
            null,
            null,
            new ColumnSettings(null, List.of("id"), captions, null, null, null),
            List.of()));
  }

  /** A published set, fetched as patiently as its expectations were made. */
  Prepared of(PublishedSet set, CropSettings.Region region) {
    CropSettings crop = CropSettings.DEFAULT;
    return new Prepared(
        new PrepareSettings(
            0,
            2,
            new SourceSettings(
                SourceSettings.Kind.ADDRESSES,
                set,
                Preset.FACET,
                Format.AUTO,
                null,
                null,
                new ColumnSettings(null, null, null, null, null, null),
                List.of()),
            EMBEDDINGS,
            new FetchSettings(
                5, 0, 1, 20 << 20, 5, 64, 64, 1 << 28, List.of("127.0.0.1"), true, "test", 0),
            settings.decode(),
            new CropSettings(
                region,
                crop.withoutBox(),
                crop.boxSpace(),
                crop.margin(),
                crop.square(),
                crop.edge(),
                crop.minFace(),
                crop.size(),
                crop.sized(),
                crop.enlarge(),
                crop.format(),
                crop.quality()),
            settings.filter(),
            settings.duplicates(),
            settings.split(),
            settings.captions(),
            settings.shards()));
  }

  /** The same without leaving copies out. */
  Prepared keepingCopies() {
    return with(settings.source(), new DuplicateSettings(false, true, 6));
  }

  /** The same without samples whose captions are less similar, as somebody says. */
  Prepared atLeast(double similarity, CaptionScorer by) {
    FilterSettings none = FilterSettings.DEFAULT;
    return new Prepared(
        new PrepareSettings(
            settings.seed(),
            settings.threads(),
            settings.source(),
            settings.embeddings(),
            settings.fetch(),
            settings.decode(),
            settings.crop(),
            new FilterSettings(
                none.minSide(),
                none.maxAspect(),
                none.minSharpness(),
                none.dropGrey(),
                none.minWords(),
                none.maxWords(),
                none.minCharacters(),
                none.maxCharacters(),
                none.scripts(),
                none.scriptShare(),
                none.maxRepeats(),
                none.maxFaces(),
                similarity,
                Path.of("model")),
            settings.duplicates(),
            settings.split(),
            settings.captions(),
            settings.shards()),
        by);
  }

  private Prepared with(SourceSettings source) {
    return with(source, settings.duplicates());
  }

  private Prepared with(SourceSettings source, DuplicateSettings duplicates) {
    return new Prepared(
        new PrepareSettings(
            settings.seed(),
            settings.threads(),
            source,
            settings.embeddings(),
            settings.fetch(),
            settings.decode(),
            settings.crop(),
            settings.filter(),
            duplicates,
            settings.split(),
            settings.captions(),
            settings.shards()));
  }

  Counts run(Path source, Path out) throws InterruptedException {
    return run(source, out, TakedownList.NONE, new Quiet());
  }

  Counts run(Path source, Path out, TakedownList takedown, PrepareProgress progress)
      throws InterruptedException {
    return Preparation.run(
        new Preparation.Request(source, out, settings, "seed: 0\n", takedown, "test", scorer),
        Engine.local(),
        progress);
  }

  /** The bytes of all shards and row files, by their names. */
  static Map<String, List<Byte>> content(Path out) throws IOException {
    Map<String, List<Byte>> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = out.relativize(file).toString();
        if (name.endsWith(".parquet") || name.endsWith(".jsonl")) {
          List<Byte> bytes = new ArrayList<>();
          for (byte each : Files.readAllBytes(file)) {
            bytes.add(each);
          }
          content.put(name, bytes);
        }
      }
    }
    return content;
  }

  /** What became of each row, by its id. */
  static Map<String, String> results(Path out) throws IOException {
    Map<String, String> results = new TreeMap<>();
    try (Stream<Path> files = Files.list(out.resolve("rows"))) {
      for (Path file : files.toList()) {
        for (String line : Files.readAllLines(file)) {
          var row = Json.LINE.readTree(line);
          results.put(row.path("id").asText(), row.path("results").path(0).asText());
        }
      }
    }
    return results;
  }
}
