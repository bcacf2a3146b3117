package dev.facet.loader.table;

import java.util.List;
import java.util.Map;

/**
 * A row of a file of vectors.
 *
 * @param id unique within the file
 * @param numbers in which the vector stands; not copied, so leave them alone until written
 * @param from where it begins there
 * @param lists texts by the column they go into
 * @param texts by the column they go into
 * @param counts whole numbers by the column they go into
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
public record VectorRow(
    String id,
    float[] numbers,
    int from,
    Map<String, List<String>> lists,
    Map<String, String> texts,
    Map<String, Long> counts) {}
