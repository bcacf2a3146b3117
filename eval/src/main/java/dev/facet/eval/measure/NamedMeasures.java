package dev.facet.eval.measure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.BiConsumer;

/**
 * Figures by name, in the order in which they are told.
 *
 * @param byName {@code r1}, {@code median_rank} and so on
 */
public record NamedMeasures(SequencedMap<String, Measure> byName) {
  public NamedMeasures {
    byName = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(byName));
  }

  /** One that there is. */
  public Measure get(String name) {
    return Objects.requireNonNull(byName.get(name), name);
  }

  /** Visits all in order. */
  public void forEach(BiConsumer<String, Measure> visitor) {
    byName.forEach(visitor);
  }
}
