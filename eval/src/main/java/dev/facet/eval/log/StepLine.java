package dev.facet.eval.log;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One optimizer step. Numbers are written in the shortest form that reads back as the same bits.
 *
 * @param step optimizer steps done, this one included
 * @param epoch from 0
 * @param loss mean over the global batch; NaN, in the file {@code null}, where the batch had no two
 *     usable pairs and nothing was learned
 * @param lr learning rate used in this step
 * @param logitScale factor on the cosines after this step (not its logarithm)
 * @param gradNorm L2 norm of all gradients before clipping; NaN where there were none
 * @param imagesPerSecond over all devices
 * @param dataWait share of the step's time spent waiting for data, in [0, 1]
 * @param skipped samples dropped since the run began
 * @param parts where its time went; null in logs of before it was told
 * @param time when it was written
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record StepLine(
    long step,
    int epoch,
    @JsonDeserialize(using = NoNumber.class) float loss,
    double lr,
    float logitScale,
    @JsonDeserialize(using = NoNumber.class) float gradNorm,
    double imagesPerSecond,
    double dataWait,
    long skipped,
    @Nullable StepTime parts,
    @JsonSerialize(using = ToStringSerializer.class) @JsonDeserialize(converter = InstantText.class)
        Instant time)
    implements RunLine {}
