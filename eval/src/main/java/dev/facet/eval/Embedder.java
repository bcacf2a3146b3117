package dev.facet.eval;

import dev.facet.base.FacetException;
import dev.facet.eval.retrieval.Embeddings;
import dev.facet.loader.Batch;
import dev.facet.loader.Loader;
import dev.facet.loader.LoaderSettings;
import dev.facet.loader.Position;
import dev.facet.loader.data.CaptionId;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.picture.PictureInput;
import dev.facet.loader.quarantine.Quarantine;
import dev.facet.model.DualEncoder;
import dev.facet.model.text.CaptionTokenizer;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns a held-out split into embeddings, batch by batch: every picture once, however many rows
 * show it, in stored order and without augmentation, and all of its captions, each once.
 */
public final class Embedder {
  /** Sees every picture that is embedded, in the order of their numbers. */
  public interface PictureSink {
    /** A batch as {@link DualEncoder#embedImages} takes it. */
    void see(ByteBuffer images, ByteBuffer colour, int n);
  }

  private final DualEncoder model;
  private final CaptionTokenizer tokenizer;
  private final VectorBlock images;
  private final VectorBlock captions;
  private final Answers answers = new Answers();
  private final List<String> texts = new ArrayList<>();
  private final List<Long> rows = new ArrayList<>();
  private final PendingTokens pending;

  private final @Nullable PictureSink sink;

  private Embedder(
      DualEncoder model, CaptionTokenizer tokenizer, int batch, @Nullable PictureSink sink) {
    this.model = model;
    this.sink = sink;
    this.tokenizer = tokenizer;
    this.pending = new PendingTokens(batch, tokenizer.contextLength());
    this.images = new VectorBlock(model.config().embedDim());
    this.captions = new VectorBlock(model.config().embedDim());
  }

  /**
   * Embeds a whole split.
   *
   * @param settings read in stored order, one epoch; its batch is the number of pictures or
   *     captions encoded at once
   * @param progress told how many rows are done
   * @throws FacetException if no picture can be read
   */
  public static HeldOut embed(
      DualEncoder model,
      CaptionTokenizer tokenizer,
      Dataset dataset,
      LoaderSettings settings,
      PictureInput pictures,
      Quarantine quarantine,
      LongConsumer progress)
      throws InterruptedException {
    return embed(model, tokenizer, dataset, settings, pictures, quarantine, progress, null);
  }

  /** As the other; {@code sink} sees the pictures too. */
  public static HeldOut embed(
      DualEncoder model,
      CaptionTokenizer tokenizer,
      Dataset dataset,
      LoaderSettings settings,
      PictureInput pictures,
      Quarantine quarantine,
      LongConsumer progress,
      @Nullable PictureSink sink)
      throws InterruptedException {
    Embedder embedder = new Embedder(model, tokenizer, settings.batch(), sink);
    long done = 0;
    Coverage coverage;
    try (Loader loader =
        Loader.start(
            dataset, settings, pictures, WithoutText.INSTANCE, quarantine, Position.START)) {
      while (true) {
        try (Batch batch = loader.next()) {
          if (batch == null) {
            break;
          }
          done += batch.size();
          embedder.add(batch);
        }
        progress.accept(done);
      }
      embedder.encodeCaptions();
      coverage = Coverage.of(loader.stats());
    }
    if (embedder.rows.isEmpty()) {
      throw FacetException.run(
          dataset.name()
              + ": none of its "
              + coverage.rows()
              + " rows can be used; "
              + coverage.text());
    }
    return embedder.result(coverage);
  }

  private void add(Batch batch) {
    if (batch.size() == 0) {
      return;
    }
    boolean[] fresh = new boolean[batch.size()];
    List<Integer> imageOf = new ArrayList<>();
    List<String> captionsOfBatch = new ArrayList<>();
    for (int i = 0; i < fresh.length; i++) {
      int image = answers.image(batch.pictureId(i));
      fresh[i] = image == rows.size();
      if (fresh[i]) {
        rows.add(batch.row(i));
      }
      for (String caption : batch.captions(i)) {
        imageOf.add(image);
        captionsOfBatch.add(caption);
      }
    }
    addCaptions(imageOf, captionsOfBatch);
    batch.retain(i -> fresh[i]);
    if (batch.size() > 0) {
      if (sink != null) {
        sink.see(batch.images(), batch.colour(), batch.size());
      }
      images.add(model.embedImages(batch.images(), batch.colour(), batch.size()));
    }
  }

  /** Captions are told apart by their tokens, which are all that the model sees of them. */
  private void addCaptions(List<Integer> imageOf, List<String> captionsOfBatch) {
    int length = tokenizer.contextLength();
    LongBuffer ids = LongBuffer.allocate(captionsOfBatch.size() * length);
    tokenizer.encode(captionsOfBatch, ids);
    for (int i = 0; i < captionsOfBatch.size(); i++) {
      if (answers.isNew(imageOf.get(i), CaptionId.of(ids, i * length, length))) {
        texts.add(captionsOfBatch.get(i));
        pending.add(ids, i * length);
        if (pending.isFull()) {
          encodeCaptions();
        }
      }
    }
  }

  private void encodeCaptions() {
    int count = pending.count();
    if (count > 0) {
      captions.add(model.embedTexts(pending.take(), count));
    }
  }

  private HeldOut result(Coverage coverage) {
    return new HeldOut(
        new Embeddings(images.toArray(), model.config().embedDim()),
        new Embeddings(captions.toArray(), model.config().embedDim()),
        answers.pairing(),
        List.copyOf(texts),
        answers.pictures(),
        rows.stream().mapToLong(Long::longValue).toArray(),
        coverage);
  }
}
