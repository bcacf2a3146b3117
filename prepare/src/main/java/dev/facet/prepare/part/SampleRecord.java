package dev.facet.prepare.part;

import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A sample, but for the bytes of its picture.
 *
 * @param slot tells samples of one photo apart: equal for the same face of the same photo
 * @param width as displayed, in pixels
 * @param height as displayed, in pixels
 * @param box left, top, right and bottom of the face in it; null if none is known
 * @param captions by their column, none blank
 * @param bytes length of its encoded picture
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
public record SampleRecord(
    long slot,
    int width,
    int height,
    double @Nullable [] box,
    SequencedMap<String, List<String>> captions,
    int bytes) {}
