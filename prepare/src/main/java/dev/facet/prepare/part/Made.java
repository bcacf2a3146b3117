package dev.facet.prepare.part;

import java.util.List;

/**
 * A photo's record with the encoded pictures of its samples, in the order in which they occur.
 *
 * @param record what became of its rows
 * @param pictures one for each sample
 */
public record Made(PhotoRecord record, List<byte[]> pictures) {}
