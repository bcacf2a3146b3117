package dev.facet.loader.shard;

/**
 * A column that is a label of its rows.
 *
 * @param name of the label
 * @param column where its values are
 */
record LabelColumn(String name, int column) {}
