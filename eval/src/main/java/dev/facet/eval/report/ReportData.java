package dev.facet.eval.report;

import dev.facet.eval.log.RunLine;
import dev.facet.eval.measure.Evaluation;
import dev.facet.eval.measure.Grouped;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a report shows.
 *
 * @param runName its title
 * @param standing how far a run is that goes on, in a sentence; null where figures are final
 * @param evaluation the final figures, or null where nothing was evaluated
 * @param groups the same figures by labels of the pictures
 * @param sweep what weights between the start and these retrieve; null where nobody asked
 * @param classified what was found of classes of the pictures
 * @param lines the log of the run that made the model, in order; empty for one not trained here
 * @param tables what was in effect, by subject
 * @param skipped samples dropped, by reason
 * @param terms how the dataset may be used, in one or two sentences; empty where unknown
 * @param gallery captions with what they found
 */
public record ReportData(
    String runName,
    @Nullable String standing,
    @Nullable Evaluation evaluation,
    List<Grouped> groups,
    @Nullable Sweep sweep,
    List<FigureTable> classified,
    List<RunLine> lines,
    List<ReportTable> tables,
    Map<String, Long> skipped,
    String terms,
    List<GalleryEntry> gallery) {}
