package dev.facet.eval.log;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.Instant;

/**
 * A run came to its end or was asked to stop; one that failed or was killed has no such line.
 *
 * @param step optimizer steps done
 * @param finished whether there is nothing left to do
 * @param time when it was written
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record EndLine(
    long step,
    boolean finished,
    @JsonSerialize(using = ToStringSerializer.class) @JsonDeserialize(converter = InstantText.class)
        Instant time)
    implements RunLine {}
