package dev.facet.loader.shard;

import dev.facet.loader.data.Row;
import dev.facet.loader.parquet.Values;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * A column with captions: texts, lists of texts, or conversations.
 *
 * @param text where the texts are
 * @param speaker who says each text of a conversation; -1 if it is none
 */
record CaptionColumn(int text, int speaker, double weight) {
  private static final MemorySegment GPT = bytes("gpt");
  private static final MemorySegment ASSISTANT = bytes("assistant");
  private static final MemorySegment SYSTEM = bytes("system");

  /** Whether every text of a row has a speaker, where there are speakers. */
  boolean isPaired(RowGroup group, int r) {
    return speaker < 0 || group.column(text).count(r) == group.column(speaker).count(r);
  }

  /**
   * Gives a row its captions of this column: none, if its texts and speakers do not pair up. Of a
   * conversation these are what the model answers; where it answers nothing, whatever it says.
   */
  void read(RowGroup group, int r, Row row) {
    Values texts = group.column(text);
    int first = texts.first(r);
    int end = texts.end(r);
    if (speaker < 0) {
      for (int slot = first; slot < end; slot++) {
        add(texts, slot, row);
      }
      return;
    }
    if (!isPaired(group, r)) {
      return;
    }
    // Two lists side by side have slots of their own, so each counts from its own first one.
    Values speakers = group.column(speaker);
    int firstSpeaker = speakers.first(r);
    int before = row.captionCount();
    int asked = 0; // turns up to the first that asks
    while (asked < end - first
        && (isModel(speakers, firstSpeaker + asked) || speakers.is(firstSpeaker + asked, SYSTEM))) {
      asked++;
    }
    boolean anyModel = addModel(texts, first, speakers, firstSpeaker, asked, end - first, row);
    if (row.captionCount() == before) {
      anyModel |= addModel(texts, first, speakers, firstSpeaker, 0, asked, row);
    }
    // The first turn asks for a description, the second one is it.
    if (!anyModel && end - first > 1) {
      add(texts, first + 1, row);
    }
  }

  /** Adds what the model says in some of the turns; whether it has one of them. */
  private static boolean addModel(
      Values texts, int first, Values speakers, int firstSpeaker, int from, int to, Row row) {
    boolean any = false;
    for (int k = from; k < to; k++) {
      if (isModel(speakers, firstSpeaker + k)) {
        any = true;
        add(texts, first + k, row);
      }
    }
    return any;
  }

  private static boolean isModel(Values speakers, int slot) {
    return speakers.is(slot, GPT) || speakers.is(slot, ASSISTANT);
  }

  private static void add(Values texts, int slot, Row row) {
    if (!texts.isNull(slot)) {
      row.caption(texts.memory(), texts.at(slot), texts.length(slot), 1);
    }
  }

  private static MemorySegment bytes(String text) {
    return MemorySegment.ofArray(text.getBytes(StandardCharsets.US_ASCII));
  }
}
