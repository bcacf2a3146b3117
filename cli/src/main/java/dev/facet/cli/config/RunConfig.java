package dev.facet.cli.config;

import java.nio.file.Path;

/** Where a run is kept and what it is called. */
public record RunConfig(Path dir, String name) {}
