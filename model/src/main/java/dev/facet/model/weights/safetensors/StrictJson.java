package dev.facet.model.weights.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.facet.model.weights.TensorEntry;
import java.io.IOException;
import java.io.InputStream;

/**
 * JSON from strangers, read token by token: whatever the file says, reading it costs a bounded
 * amount of memory. A document past a bound ends in Jackson's own exception.
 */
final class StrictJson {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          // Names are hardly ever repeated; a table of them would only grow.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(8)
                  .maxNameLength(1000)
                  .maxNumberLength(20)
                  .maxStringLength(SafetensorsHeader.MAX_METADATA)
                  .maxTokenCount(20L * TensorEntry.MAX_TENSORS)
                  .build())
          .build();

  private StrictJson() {}

  static JsonParser parser(InputStream in) throws IOException {
    return FACTORY.createParser(in);
  }

  /** Steps to the next field of an object, or returns false at the object's end. */
  static boolean nextField(JsonParser json) throws IOException {
    return json.nextToken() == JsonToken.FIELD_NAME;
  }
}
