package dev.facet.prepare.embedding;

import java.util.List;
import java.util.SequencedMap;

/**
 * What a row of a table says of the picture that a vector was made of.
 *
 * @param file its name, as its table lists it
 * @param number of its row in it, from 0
 * @param urls the cells that hold addresses, as they stand
 * @param captions by column, as they stand
 */
public record Captioned(
    String file,
    long number,
    String id,
    List<String> urls,
    SequencedMap<String, List<String>> captions) {}
