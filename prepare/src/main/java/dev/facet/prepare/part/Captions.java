package dev.facet.prepare.part;

import dev.facet.loader.data.MissingText;
import dev.facet.prepare.caption.CaptionCleaner;
import dev.facet.prepare.caption.CaptionSettings;
import dev.facet.prepare.filter.CaptionFilter;
import dev.facet.prepare.filter.FilterSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The captions of rows: cleaned, filtered, those to train on and those that are only kept.
 * Thread-safe.
 */
public final class Captions {
  /** A row has none that could be used. */
  public static final String NONE = "no_caption";

  private final CaptionCleaner cleaner;
  private final CaptionFilter filter;
  private final Set<String> kept;

  /**
   * @param kept columns whose texts go along, without being trained on or asked for
   */
  public Captions(CaptionSettings cleaning, FilterSettings filters, List<String> kept) {
    this.cleaner = new CaptionCleaner(cleaning);
    this.filter = new CaptionFilter(filters);
    this.kept = Set.copyOf(kept);
  }

  /**
   * What is left of a row's captions.
   *
   * @param count of those that are neither missing nor blank, before anything is done to them
   * @param texts by column
   * @param left why none is left to train on; null if one is
   */
  public record Usable(
      int count, SequencedMap<String, List<String>> texts, @Nullable String left) {}

  /** Cleans and filters the captions of a row, given by column. */
  public Usable of(Map<String, List<String>> columns) {
    int count = 0;
    boolean any = false;
    String left = NONE;
    SequencedMap<String, List<String>> texts = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> column : columns.entrySet()) {
      boolean trained = !kept.contains(column.getKey());
      List<String> usable = new ArrayList<>();
      for (String caption : column.getValue()) {
        if (trained && !caption.isBlank()) {
          count++;
        }
        String clean = cleaner.clean(caption);
        if (clean == null || MissingText.is(clean)) {
          continue;
        }
        String refused = trained ? filter.refuses(clean) : null;
        if (refused == null) {
          usable.add(clean);
        } else {
          left = refused;
        }
      }
      if (!usable.isEmpty()) {
        texts.put(column.getKey(), usable);
        any |= trained;
      }
    }
    return new Usable(count, texts, any ? null : left);
  }
}
