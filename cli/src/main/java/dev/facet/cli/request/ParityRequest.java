package dev.facet.cli.request;

import dev.facet.model.DeviceChoice;
import dev.facet.model.ops.Precision;
import dev.facet.model.parity.Tolerance;
import java.nio.file.Path;

/** What {@code facet parity} was asked for. */
public record ParityRequest(
    Path model,
    Path io,
    DeviceChoice device,
    Precision precision,
    Tolerance tolerance,
    boolean json) {}
