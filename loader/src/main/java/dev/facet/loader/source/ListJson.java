package dev.facet.loader.source;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * JSON as lists have it: bare {@code NaN} and {@code Infinity} are numbers, for Python writes them
 * where a value is missing.
 */
final class ListJson {
  static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private ListJson() {}
}
