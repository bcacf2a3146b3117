package dev.facet.prepare.embedding;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.SortedMap;

/**
 * The counts of {@code prepare.json}, where vectors stand in place of pictures. Always {@code rows}
 * = {@code samples} + all of {@code lost_rows}, and {@code vectors} = {@code samples} + all of
 * {@code lost_vectors}.
 *
 * @param rows of captions, unreadable ones included
 * @param vectors in their files, unusable ones included
 * @param width numbers of a vector
 * @param pairs of a row and the vector with its id, whether it has a caption to train on or not
 * @param samples in the shards
 * @param captions to train on in the shards
 * @param splits samples by split
 * @param lostRows rows in no shard, by reason
 * @param lostVectors vectors in no shard, by reason
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record JoinCounts(
    long rows,
    long vectors,
    int width,
    long pairs,
    long samples,
    long captions,
    SortedMap<String, Long> splits,
    SortedMap<String, Long> lostRows,
    SortedMap<String, Long> lostVectors) {}
