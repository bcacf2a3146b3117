package dev.facet.prepare.part;

import org.jspecify.annotations.Nullable;

/**
 * What became of a face, or of a picture that is taken as a whole.
 *
 * @param crop {@code ok}, or why it could not be cut out
 * @param left why it is left out, though it could be cut out; null if it is not
 * @param sample null if there is none
 */
public record FaceRecord(String crop, @Nullable String left, @Nullable SampleRecord sample) {}
