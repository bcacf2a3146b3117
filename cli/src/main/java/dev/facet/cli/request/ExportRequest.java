package dev.facet.cli.request;

import dev.facet.model.weights.TensorType;
import java.nio.file.Path;

/**
 * A model folder to write for other programs.
 *
 * @param checkpoint a model folder, in Hugging Face's or OpenCLIP's layout
 * @param out folder to make; not there yet, or empty
 * @param weights F32, F16 or BF16
 */
public record ExportRequest(Path checkpoint, ExportFormat to, Path out, TensorType weights) {}
