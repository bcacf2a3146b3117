package dev.facet.prepare;

import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.base.Staged;
import dev.facet.loader.data.Holdout;
import dev.facet.loader.data.HoldoutBy;
import dev.facet.loader.data.SplitName;
import dev.facet.loader.shard.Manifest;
import dev.facet.prepare.embedding.DealtRows;
import dev.facet.prepare.embedding.EmbeddingJoin;
import dev.facet.prepare.embedding.EmbeddingShards;
import dev.facet.prepare.embedding.JoinCounts;
import dev.facet.prepare.embedding.JoinProgress;
import dev.facet.prepare.filter.FilterSettings;
import dev.facet.prepare.part.Captions;
import dev.facet.prepare.source.EmbeddingFiles;
import dev.facet.prepare.source.PublishedTables;
import dev.facet.prepare.source.TableColumns;
import dev.facet.prepare.source.TableFile;
import dev.facet.prepare.takedown.TakedownList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * From captions and vectors of pictures to shards of both, which appear when all are made. Killed
 * anywhere, it goes on when it is started again: rows that are dealt stay dealt, and shards that
 * are finished are not written again.
 */
public final class EmbeddingPreparation {
  /** What is finished, in {@code .prepare}. */
  private static final String DONE = "joined.json";

  /**
   * What was made.
   *
   * @param takenDown entries of the take-down lists that were heeded
   */
  private record Done(List<String> takenDown, JoinCounts counts) {}

  private final Preparation.Request request;
  private final PrepareSettings settings;
  private final Path embeddings;
  private final OutFolder folder;
  private final JoinProgress progress;

  private EmbeddingPreparation(
      Preparation.Request request, Path embeddings, OutFolder folder, JoinProgress progress) {
    this.request = request;
    this.settings = request.settings();
    this.embeddings = embeddings;
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * Joins captions and vectors into shards; at once where that is done already.
   *
   * @param embeddings file or folder of the vectors
   * @return the counts of all that lies in the folder
   * @throws FacetException if there is no pair, or it cannot go on
   */
  public static JoinCounts run(Preparation.Request request, Path embeddings, JoinProgress progress)
      throws InterruptedException {
    require(request.settings());
    try (OutFolder folder = OutFolder.take(request.out())) {
      return new EmbeddingPreparation(request, embeddings, folder, progress).run();
    } catch (IOException e) {
      throw FacetException.run(
          "cannot go on in %s (%s): mend that and run the same command again"
              .formatted(request.out(), e.getMessage()),
          e);
    }
  }

  /**
   * Refuses settings that cannot be heeded where there are no pictures, lest they be believed to
   * be, and those that lack what rows are joined by.
   */
  static void require(PrepareSettings settings) {
    if (settings.source().table().id().isEmpty()) {
      throw FacetException.usage(
          "no column names rows: set source.columns.id, or source.set to the data set's");
    }
    FilterSettings filter = settings.filter();
    FilterSettings heeded =
        new FilterSettings(
            0,
            0,
            0,
            false,
            filter.minWords(),
            filter.maxWords(),
            filter.minCharacters(),
            filter.maxCharacters(),
            filter.scripts(),
            filter.scriptShare(),
            0,
            0,
            -1,
            filter.checkpoint());
    if (!filter.equals(heeded)) {
      throw FacetException.usage(
          "source.kind embeddings has no pictures to look at: of the filters only those of a"
              + " caption's length and script apply; turn the others off");
    }
  }

  private JoinCounts run() throws IOException, InterruptedException {
    OutFolder.State before = folder.state();
    TakedownList takedown = TakedownList.of(before.takenDown()).with(request.takedown());
    folder.keep(new OutFolder.State(0, takedown.entries(), null));
    Path file = folder.stateFolder().resolve(DONE);
    if (Files.exists(file)) {
      Done done = Json.read(file, Done.class, 1L << 30);
      if (done.takenDown().equals(takedown.entries())) {
        return done.counts();
      }
    }
    JoinCounts counts = make(takedown);
    Staged.write(file, Json.PRETTY.writeValueAsString(new Done(takedown.entries(), counts)));
    return counts;
  }

  private JoinCounts make(TakedownList takedown) throws IOException, InterruptedException {
    TableColumns columns = settings.source().table();
    PublishedTables tables = PublishedTables.open(request.source(), columns);
    EmbeddingFiles vectors = EmbeddingFiles.open(embeddings, settings.embeddings().columns());
    folder.keepSettings(request.yaml());
    List<String> kept = settings.source().keep();
    EmbeddingShards.Making making =
        new EmbeddingShards.Making(
            vectors.width(),
            settings.embeddings().store(),
            tables.captions(),
            kept,
            new Captions(settings.captions(), settings.filter(), kept),
            takedown,
            new Holdout(
                SplitName.TRAIN,
                settings.split().validation(),
                settings.split().test(),
                HoldoutBy.AUTO),
            settings.shards());
    Staged.recover(folder.stateFolder());
    String what = what(tables, vectors);
    DealtRows dealt =
        DealtRows.of(tables, vectors, folder.stateFolder().resolve("join"), what, progress);
    Path staged = staged(what + takedown.entries());
    try (EmbeddingShards shards = new EmbeddingShards(staged, making)) {
      EmbeddingJoin.run(dealt, settings.seed(), shards, progress);
      List<Manifest.ShardInfo> files = shards.finish();
      JoinCounts counts = shards.counts();
      if (counts.samples() == 0) {
        dealt.delete();
        throw FacetException.run(
            "no row of %s has both a caption and a vector in %s: rows were lost as %s, vectors as %s"
                .formatted(request.source(), embeddings, counts.lostRows(), counts.lostVectors()));
      }
      put(staged, files, takedown, counts);
      dealt.delete();
      return counts;
    }
  }

  /** All that dealt rows follow from. */
  private String what(PublishedTables tables, EmbeddingFiles vectors) throws IOException {
    StringBuilder what = new StringBuilder(request.yaml());
    List<TableFile> files = new ArrayList<>(tables.files());
    files.addAll(vectors.files());
    for (TableFile file : files) {
      what.append('\n')
          .append(file.path())
          .append(' ')
          .append(file.bytes())
          .append(' ')
          .append(Files.getLastModifiedTime(file.path()).toMillis());
    }
    return what.toString();
  }

  /** The folder of shards that are made of something; what was made of something else goes. */
  private Path staged(String making) throws IOException {
    Path staged = folder.stateFolder().resolve("shards");
    Path note = staged.resolve("made-of.txt");
    if (!Files.exists(note) || !Files.readString(note).equals(making)) {
      Staged.delete(staged);
      Files.createDirectories(staged);
      Staged.write(note, making);
    }
    return staged;
  }

  /** Gives what is finished its place, and takes away what was there before. */
  private void put(
      Path staged, List<Manifest.ShardInfo> files, TakedownList takedown, JoinCounts counts)
      throws IOException {
    Manifest earlier = Manifest.read(folder.path());
    Set<String> names = new HashSet<>();
    for (Manifest.ShardInfo file : files) {
      names.add(file.name());
      move(staged.resolve(file.name()), folder.path().resolve(file.name()));
    }
    Path rows = Files.createDirectories(folder.path().resolve("rows"));
    move(staged.resolve(EmbeddingShards.LOST), rows.resolve(EmbeddingShards.LOST));
    folder.write(files, takedown.entries(), counts, request.command(), provenance());
    for (Manifest.ShardInfo file :
        earlier == null ? List.<Manifest.ShardInfo>of() : earlier.files()) {
      if (!names.contains(file.name())) {
        Files.deleteIfExists(folder.path().resolve(file.name()));
      }
    }
    Staged.delete(staged);
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private Map<String, String> provenance() {
    return Map.of(
        "generator",
        "facet prepare",
        "source",
        request.source().toString(),
        "embeddings",
        embeddings.toString());
  }
}
