package dev.facet.prepare.part;

import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A row that waits for its picture.
 *
 * @param urls its addresses, all of them; none where the picture lies there
 * @param captions by column, as they stand
 * @param boxes a text for each face, as it stands
 * @param edges of the one face, where numbers are given and no text
 * @param sha256 that the picture must have; null or blank if any will do
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
record Candidate(
    long ordinal,
    String file,
    long row,
    String id,
    List<String> urls,
    SequencedMap<String, List<String>> captions,
    List<String> boxes,
    double @Nullable [] edges,
    @Nullable String sha256) {}
