package dev.facet.loader;

import dev.facet.augment.Box;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One picture with its captions, as a source holds it.
 *
 * @param id unique within the dataset
 * @param source where it came from: file and place in it, or the original address
 * @param image encoded bytes (JPEG, PNG, WebP ...), a read-only view from position to limit
 * @param captions at least one, none blank
 * @param box face box in the displayed picture, if known
 * @param labels attributes by name, possibly empty
 */
public record Row(
    String id,
    String source,
    ByteBuffer image,
    List<String> captions,
    @Nullable Box box,
    Map<String, String> labels) {}
