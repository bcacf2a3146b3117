package dev.facet.cli.inspect;

import dev.facet.base.SampleRandom;
import dev.facet.loader.data.CaptionSettings;
import dev.facet.loader.data.Dataset;
import dev.facet.model.text.CaptionTokenizer;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * How many captions are longer than a model reads, told from a sample.
 *
 * @param looked captions of the sample
 * @param cut those of them that lose tokens
 * @param tokens of all captions of the sample, uncut
 * @param lost those of them that are cut off
 * @param longest tokens of the longest caption
 * @param context tokens that are read
 */
public record CutCaptions(long looked, long cut, long tokens, long lost, int longest, int context) {
  /** Rows that are looked at, spread over the data. */
  private static final int ROWS = 2000;

  private static final int CHUNKS = 8;

  /**
   * Looks at the captions of rows spread over the data, or at the parts of them that are drawn.
   *
   * @throws IOException if the data cannot be read
   */
  public static CutCaptions of(Dataset data, CaptionTokenizer tokenizer, CaptionSettings parts)
      throws IOException {
    SampleRandom random = new SampleRandom();
    int chunks = Math.min(CHUNKS, data.chunkCount());
    long looked = 0;
    long cut = 0;
    long tokens = 0;
    long lost = 0;
    int longest = 0;
    int context = tokenizer.contextLength();
    for (int i = 0; i < chunks; i++) {
      List<List<String>> rows = data.captions((int) ((long) i * data.chunkCount() / chunks));
      int wanted = Math.min(rows.size(), ROWS / chunks);
      for (int r = 0; r < wanted; r++) {
        for (String caption : rows.get((int) ((long) r * rows.size() / wanted))) {
          random.reset(0, 0, looked);
          int length = tokenizer.length(parts.part(caption, random));
          looked++;
          cut += length > context ? 1 : 0;
          tokens += length;
          lost += Math.max(0, length - context);
          longest = Math.max(longest, length);
        }
      }
    }
    return new CutCaptions(looked, cut, tokens, lost, longest, context);
  }

  /** For people, with what to do about it. */
  public String text() {
    if (cut == 0) {
      return String.format(
          Locale.ROOT,
          "none of %,d that were looked at is longer than the %d tokens that are read; the"
              + " longest has %d",
          looked,
          context,
          longest);
    }
    return String.format(
        Locale.ROOT,
        "%.1f%% of %,d that were looked at are longer than the %d tokens that are read, and"
            + " %.1f%% of all their tokens are cut off; the longest has %d: raise"
            + " model.context_length, or draw sentences with data.caption_sampling",
        100.0 * cut / looked,
        looked,
        context,
        100.0 * lost / tokens,
        longest);
  }
}
