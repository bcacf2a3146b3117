package dev.facet.cli.request;

import dev.facet.prepare.convert.Conversion;

/**
 * What to convert.
 *
 * @param json whether the counts are printed as JSON
 */
public record ConversionRequest(Conversion.Request what, boolean json) {}
