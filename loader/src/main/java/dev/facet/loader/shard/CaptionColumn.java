package dev.facet.loader.shard;

import dev.facet.loader.Row;
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

  /** Gives a row its captions of this column. */
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
    Values speakers = group.column(speaker);
    boolean answered = false;
    for (int slot = first; slot < end; slot++) {
      if (speakers.is(slot, GPT) || speakers.is(slot, ASSISTANT)) {
        answered = true;
        add(texts, slot, row);
      }
    }
    // The first turn asks for a description, the second one is it.
    if (!answered && end - first > 1) {
      add(texts, first + 1, row);
    }
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
