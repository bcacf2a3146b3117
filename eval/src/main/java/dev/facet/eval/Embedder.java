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

  private final Encoders encoders;
  private final CaptionTokenizer tokenizer;
  private final int width;
  private final VectorBlock images;
  private final VectorBlock captions;
  private final Answers answers = new Answers();
  private final List<String> texts = new ArrayList<>();
  private final List<Long> rows = new ArrayList<>();
  private final PendingTokens pending;

  private final @Nullable PictureSink sink;

  private Embedder(
      Encoders encoders,
      int width,
      CaptionTokenizer tokenizer,
      int batch,
      @Nullable PictureSink sink) {
    this.encoders = encoders;
    this.width = width;
    this.sink = sink;
    this.tokenizer = tokenizer;
    this.pending = new PendingTokens(batch, tokenizer.contextLength());
    this.images = new VectorBlock(width);
    this.captions = new VectorBlock(width);
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
    return embed(
        List.of(model), tokenizer, dataset, settings, pictures, quarantine, progress, null);
  }

  /**
   * As the other, by several copies of a model at once, with the same result bit for bit.
   *
   * @param models at least one, all of the same weights
   * @param sink sees the pictures too, on the calling thread
   */
  public static HeldOut embed(
      List<DualEncoder> models,
      CaptionTokenizer tokenizer,
      Dataset dataset,
      LoaderSettings settings,
      PictureInput pictures,
      Quarantine quarantine,
      LongConsumer progress,
      @Nullable PictureSink sink)
      throws InterruptedException {
    int width = models.getFirst().config().embedDim();
    long done = 0;
    try (Encoders encoders = new Encoders(models);
        Loader loader =
            Loader.start(
                dataset, settings, pictures, WithoutText.INSTANCE, quarantine, Position.START)) {
      Embedder embedder = new Embedder(encoders, width, tokenizer, settings.batch(), sink);
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
      encoders.finish();
      Coverage coverage = Coverage.of(loader.stats());
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
  }

  private void add(Batch batch) throws InterruptedException {
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
      encoders.images(batch, images);
    }
  }

  /** Captions are told apart by their tokens, which are all that the model sees of them. */
  private void addCaptions(List<Integer> imageOf, List<String> captionsOfBatch)
      throws InterruptedException {
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

  private void encodeCaptions() throws InterruptedException {
    int count = pending.count();
    if (count > 0) {
      encoders.captions(pending.take(), count, captions);
    }
  }

  private HeldOut result(Coverage coverage) {
    return new HeldOut(
        new Embeddings(images.toArray(), width),
        new Embeddings(captions.toArray(), width),
        answers.pairing(),
        List.copyOf(texts),
        answers.pictures(),
        rows.stream().mapToLong(Long::longValue).toArray(),
        coverage);
  }
}
