package dev.facet.cli.request;

import dev.facet.loader.decode.DecodeSettings;
import java.nio.file.Path;
import java.util.List;

/**
 * Picture files to look at.
 *
 * @param files all of them there
 * @param json whether to print for machines
 */
public record DecodeRequest(List<Path> files, DecodeSettings settings, boolean json) {}
