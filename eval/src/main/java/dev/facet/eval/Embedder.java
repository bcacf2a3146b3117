package dev.facet.eval;

import dev.facet.base.FacetException;
import dev.facet.eval.retrieval.Embeddings;
import dev.facet.loader.Batch;
import dev.facet.loader.Dataset;
import dev.facet.loader.ImageSettings;
import dev.facet.loader.Loader;
import dev.facet.loader.LoaderSettings;
import dev.facet.loader.Position;
import dev.facet.loader.Quarantine;
import dev.facet.loader.TextEncoder;
import dev.facet.model.DualEncoder;
import dev.facet.model.text.CaptionTokenizer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Turns a held-out split into embeddings, batch by batch: every picture once, in stored order and
 * without augmentation, and all of its captions.
 */
public final class Embedder {
  /** Pictures travel without text here: all captions of a picture are encoded, not a chosen one. */
  private static final TextEncoder NO_TEXT =
      new TextEncoder() {
        @Override
        public int contextLength() {
          return 1;
        }

        @Override
        public void encode(String caption, LongBuffer ids) {
          ids.put(0);
        }
      };

  private final DualEncoder model;
  private final CaptionTokenizer tokenizer;
  private final Rows images;
  private final Rows captions;
  private final List<String> texts = new ArrayList<>();
  private final List<Integer> imageOfCaption = new ArrayList<>();
  private final List<Long> rows = new ArrayList<>();

  private Embedder(DualEncoder model, CaptionTokenizer tokenizer) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.images = new Rows(model.config().embedDim());
    this.captions = new Rows(model.config().embedDim());
  }

  /**
   * Embeds a whole split.
   *
   * @param settings read in stored order, one epoch; its batch is the number of pictures or
   *     captions encoded at once
   * @param progress told how many pictures are done
   * @throws FacetException if no picture can be read
   */
  public static HeldOut embed(
      DualEncoder model,
      CaptionTokenizer tokenizer,
      Dataset dataset,
      LoaderSettings settings,
      ImageSettings images,
      Quarantine quarantine,
      LongConsumer progress)
      throws InterruptedException {
    Embedder embedder = new Embedder(model, tokenizer);
    long skipped;
    try (Loader loader =
        Loader.start(dataset, settings, images, NO_TEXT, quarantine, Position.START)) {
      while (true) {
        try (Batch batch = loader.next()) {
          if (batch == null) {
            break;
          }
          embedder.add(batch);
        }
        embedder.encodeCaptions(settings.batch(), false);
        progress.accept(embedder.rows.size());
      }
      embedder.encodeCaptions(settings.batch(), true);
      skipped = loader.stats().badTotal();
    }
    if (embedder.rows.isEmpty()) {
      throw FacetException.run(
          dataset.name()
              + ": none of its "
              + skipped
              + " pictures can be read; see the quarantine");
    }
    return embedder.result(skipped);
  }

  private void add(Batch batch) {
    int size = batch.size();
    if (size == 0) {
      return;
    }
    for (int i = 0; i < size; i++) {
      for (String caption : batch.captions(i)) {
        imageOfCaption.add(rows.size());
        texts.add(caption);
      }
      rows.add(batch.row(i));
    }
    images.add(model.embedImages(batch.images(), batch.colour(), size));
  }

  /** Encodes waiting captions in full batches, at the end also the incomplete last. */
  private void encodeCaptions(int batch, boolean end) {
    while (texts.size() - captions.count >= batch || (end && texts.size() > captions.count)) {
      int from = captions.count;
      int to = Math.min(texts.size(), from + batch);
      int length = tokenizer.contextLength();
      ByteBuffer tokens =
          ByteBuffer.allocateDirect(8 * (to - from) * length).order(ByteOrder.nativeOrder());
      LongBuffer ids = tokens.asLongBuffer();
      tokenizer.encode(texts.subList(from, to), ids);
      captions.add(model.embedTexts(tokens, to - from));
    }
  }

  private HeldOut result(long skipped) {
    return new HeldOut(
        images.joined(),
        captions.joined(),
        imageOfCaption.stream().mapToInt(Integer::intValue).toArray(),
        texts.stream().mapToLong(Batch::captionId).toArray(),
        List.copyOf(texts),
        rows.stream().mapToLong(Long::longValue).toArray(),
        skipped);
  }

  /** Rows of floats that grow by blocks. */
  private static final class Rows {
    private final int dim;
    private final List<float[]> blocks = new ArrayList<>();
    private int count;

    Rows(int dim) {
      this.dim = dim;
    }

    void add(float[] block) {
      blocks.add(block);
      count += block.length / dim;
    }

    Embeddings joined() {
      float[] values = new float[Math.multiplyExact(count, dim)];
      int at = 0;
      for (float[] block : blocks) {
        System.arraycopy(block, 0, values, at, block.length);
        at += block.length;
      }
      return new Embeddings(values, dim);
    }
  }
}
