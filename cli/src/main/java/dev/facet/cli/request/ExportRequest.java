package dev.facet.cli.request;

import dev.facet.model.weights.TensorType;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A model folder to write for other programs.
 *
 * @param checkpoint a model folder, in Hugging Face's or OpenCLIP's layout
 * @param out folder to make; not there yet, or empty
 * @param weights F32, F16 or BF16
 * @param blend how much of the trained weights is in it, null for all of them
 * @param start model folder that the others come from, null for that which the run started from
 */
public record ExportRequest(
    Path checkpoint,
    ExportFormat to,
    Path out,
    TensorType weights,
    @Nullable Double blend,
    @Nullable Path start) {}
