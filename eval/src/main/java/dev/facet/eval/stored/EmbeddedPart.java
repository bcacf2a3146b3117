package dev.facet.eval.stored;

import dev.facet.eval.PendingTokens;
import dev.facet.eval.VectorBlock;
import dev.facet.loader.Batch;
import dev.facet.loader.data.CaptionId;
import dev.facet.model.DualEncoder;
import dev.facet.model.text.CaptionTokenizer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The vectors of a run of rows. Within it a picture that comes again, and a caption of the same
 * tokens, go through the model once; across parts nothing is remembered, so that a part is the same
 * whatever was made before it.
 */
final class EmbeddedPart {
  /** A row of the data; its vector is one of the block's. */
  record Picture(
      String id,
      String source,
      long row,
      long picture,
      List<String> captions,
      VectorBlock block,
      int place) {}

  /** A caption of a row, the {@code number}th from 0. */
  record Caption(
      String imageId,
      int number,
      long row,
      String text,
      long tokens,
      VectorBlock block,
      int place) {}

  private final DualEncoder model;
  private final CaptionTokenizer tokenizer;
  private final VectorBlock pictureVectors;
  private final VectorBlock captionVectors;
  private final PendingTokens pending;
  private final Map<Long, Integer> pictureAt = new HashMap<>();
  private final Map<Long, Integer> captionAt = new HashMap<>();
  private final List<Picture> pictures = new ArrayList<>();
  private final List<Caption> captions = new ArrayList<>();
  private final long rows;
  private SortedMap<String, Long> skipped = new TreeMap<>();

  /**
   * @param batch captions that go through the model at once
   * @param rows of the data that it is of
   */
  EmbeddedPart(DualEncoder model, CaptionTokenizer tokenizer, int batch, long rows) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.pictureVectors = new VectorBlock(model.config().embedDim());
    this.captionVectors = new VectorBlock(model.config().embedDim());
    this.pending = new PendingTokens(batch, tokenizer.contextLength());
    this.rows = rows;
  }

  /** Embeds a batch of rows. */
  void add(Batch batch) {
    boolean[] fresh = new boolean[batch.size()];
    int next = pictureVectors.count();
    for (int i = 0; i < fresh.length; i++) {
      Integer known = pictureAt.putIfAbsent(batch.pictureId(i), next);
      fresh[i] = known == null;
      pictures.add(
          new Picture(
              batch.id(i),
              batch.source(i),
              batch.row(i),
              batch.pictureId(i),
              batch.captions(i),
              pictureVectors,
              known == null ? next++ : known));
      addCaptions(batch.id(i), batch.row(i), batch.captions(i));
    }
    batch.retain(i -> fresh[i]);
    if (batch.size() > 0) {
      pictureVectors.add(model.embedImages(batch.images(), batch.colour(), batch.size()));
    }
  }

  private void addCaptions(String imageId, long row, List<String> texts) {
    int length = tokenizer.contextLength();
    LongBuffer ids = LongBuffer.allocate(texts.size() * length);
    tokenizer.encode(texts, ids);
    for (int i = 0; i < texts.size(); i++) {
      long tokens = CaptionId.of(ids, i * length, length);
      int next = captionVectors.count() + pending.count();
      Integer known = captionAt.putIfAbsent(tokens, next);
      captions.add(
          new Caption(
              imageId, i, row, texts.get(i), tokens, captionVectors, known == null ? next : known));
      if (known == null) {
        pending.add(ids, i * length);
        if (pending.isFull()) {
          encode();
        }
      }
    }
  }

  /**
   * Embeds the captions that still wait for a batch to be full.
   *
   * @param without rows without a vector, by reason
   */
  void finish(SortedMap<String, Long> without) {
    encode();
    skipped = without;
  }

  private void encode() {
    int count = pending.count();
    if (count > 0) {
      captionVectors.add(model.embedTexts(pending.take(), count));
    }
  }

  long rows() {
    return rows;
  }

  List<Picture> pictures() {
    return pictures;
  }

  List<Caption> captions() {
    return captions;
  }

  SortedMap<String, Long> skipped() {
    return skipped;
  }
}
