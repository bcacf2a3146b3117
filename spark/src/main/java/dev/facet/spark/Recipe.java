package dev.facet.spark;

import dev.facet.base.Json;
import dev.facet.prepare.PrepareSettings;
import dev.facet.prepare.takedown.TakedownList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * What all tasks of a job need to know. It travels as text, as settings are not made to be sent.
 *
 * @param files names by their number in ordinals
 */
record Recipe(PrepareSettings settings, List<String> takenDown, Map<Integer, String> files) {
  TakedownList takedown() {
    return TakedownList.of(takenDown);
  }

  String json() throws IOException {
    return Json.LINE.writeValueAsString(this);
  }

  static Recipe of(String json) {
    try {
      return Json.LINE.readValue(json, Recipe.class);
    } catch (IOException e) {
      throw new UncheckedIOException("driver and executors have different versions of Facet", e);
    }
  }
}
