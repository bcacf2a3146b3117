package dev.facet.prepare.source;

import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table as it was published: nothing is tidied, decoded or checked yet.
 *
 * @param number in its file, from 0; rows that cannot be read count
 * @param id empty if it has none
 * @param urls the cells that hold addresses, each of which may hold several; null ones are left out
 * @param captions by the name of their column, in the order they were asked for: the texts of each,
 *     blank ones too; null ones are left out
 * @param boxes a text for each face, {@code [1, 2, 3, 4]} in sound data; blank where only this face
 *     of several has none; empty if there are none at all
 * @param sha256 of the picture's bytes, 64 hexadecimal digits in sound data
 * @param image relative path as published; never to be trusted as a path
 */
public record PublishedRow(
    long number,
    String id,
    List<String> urls,
    SequencedMap<String, List<String>> captions,
    List<String> boxes,
    @Nullable String sha256,
    @Nullable String image) {}
