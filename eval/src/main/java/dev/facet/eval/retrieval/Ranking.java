package dev.facet.eval.retrieval;

import dev.facet.base.FacetException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What ranks depend on, and how they are made: query by query, block by block. A query that has its
 * rank already, of an ended process or under the other convention, is not ranked again.
 */
final class Ranking {
  private final Embeddings images;
  private final Embeddings captions;
  private final Pairing pairing;
  private final Pairs pairs;
  private final RetrievalSettings settings;
  private final RankingWork work;
  private final double longestImage;
  private final double longestCaption;
  private final AtomicLong done;

  /** Of what is kept; null where nothing is. */
  private final byte @Nullable [] key;

  /**
   * @throws FacetException where an embedding is not finite, or an image has no caption
   */
  Ranking(
      Embeddings images,
      Embeddings captions,
      Pairing pairing,
      RetrievalSettings settings,
      RankingWork work) {
    this.images = images;
    this.captions = captions;
    this.pairing = pairing;
    this.settings = settings;
    this.work = work;
    this.longestImage = images.requireFinite("image");
    this.longestCaption = captions.requireFinite("caption");
    this.pairs = new Pairs(images.rows(), pairing, settings.duplicateAware());
    this.done = new AtomicLong();
    this.key = work.folder() == null ? null : RankLedger.key(this);
  }

  private Ranking(Ranking other) {
    this.images = other.images;
    this.captions = other.captions;
    this.pairing = other.pairing;
    this.settings = other.settings.otherwise();
    this.work = other.work;
    this.longestImage = other.longestImage;
    this.longestCaption = other.longestCaption;
    this.pairs = new Pairs(images.rows(), pairing, settings.duplicateAware());
    this.done = other.done;
    this.key = other.key;
  }

  /** The same under the other convention for identical captions. */
  Ranking otherwise() {
    return new Ranking(this);
  }

  /**
   * By image: the rank of its best-placed caption.
   *
   * @param known ranks under the other convention, which are those of this one where no caption is
   *     shared; null for none
   */
  Ranks imageToText(@Nullable Ranks known) {
    RankTable table = table(images.rows(), known, pairs::sharesCaption);
    rank(
        table,
        "image_to_text",
        asked ->
            new RankTask(
                images,
                captions,
                pairs::captionsFor,
                settings.tieRule(),
                settings.depth(),
                longestCaption,
                asked));
    return table.ranks(captions.rows());
  }

  /** By caption: the rank of its best-placed image; else as the other. */
  Ranks textToImage(@Nullable Ranks known) {
    RankTable table = table(captions.rows(), known, pairs::isShared);
    rank(
        table,
        "text_to_image",
        asked ->
            new RankTask(
                captions,
                images,
                pairs::imagesFor,
                settings.tieRule(),
                settings.depth(),
                longestImage,
                asked));
    return table.ranks(images.rows());
  }

  private static RankTable table(int queries, @Nullable Ranks known, IntPredicate differs) {
    RankTable table = new RankTable(queries);
    if (known != null) {
      IntStream.range(0, queries)
          .filter(query -> !differs.test(query))
          .forEach(query -> table.take(known, query));
    }
    return table;
  }

  /** Makes a task of some queries. */
  private interface Tasks {
    RankTask of(int[] asked);
  }

  private void rank(RankTable table, String direction, Tasks tasks) {
    int before = table.missing().length;
    try (RankLedger ledger = ledger(direction, table)) {
      int[] asked = table.missing();
      if (asked.length == 0) {
        work.progress().accept(done.addAndGet(before));
        return;
      }
      done.addAndGet(before - asked.length);
      tasks
          .of(asked)
          .run(
              table,
              settings.threads(),
              work,
              (from, to) -> {
                if (ledger != null) {
                  ledger.add(asked, from, to);
                }
                work.progress().accept(done.addAndGet(to - from));
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable RankLedger ledger(String direction, RankTable table) throws IOException {
    Path folder = work.folder();
    if (folder == null || key == null) {
      return null;
    }
    String name =
        String.format(
            Locale.ROOT,
            "%s-%s.ranks",
            direction,
            settings.duplicateAware() ? "positive" : "strict");
    return RankLedger.open(folder.resolve(name), key, table);
  }

  Embeddings images() {
    return images;
  }

  Embeddings captions() {
    return captions;
  }

  Pairing pairing() {
    return pairing;
  }

  Pairs pairs() {
    return pairs;
  }

  RetrievalSettings settings() {
    return settings;
  }
}
