package dev.facet.eval.log;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.Instant;
import java.util.Objects;

/**
 * A run begins, or goes on after it was resumed or went back.
 *
 * @param step optimizer steps done before
 * @param totalSteps of the whole run, as it is set now
 * @param batch samples in a step
 * @param version of this program; "(unpackaged)" where it does not run from its jars
 * @param time when it was written
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record StartLine(
    long step,
    long totalSteps,
    int batch,
    String version,
    @JsonSerialize(using = ToStringSerializer.class) @JsonDeserialize(converter = InstantText.class)
        Instant time)
    implements RunLine {

  /** The line of this program. */
  public static StartLine of(long step, long totalSteps, int batch, Instant time) {
    String version = StartLine.class.getPackage().getImplementationVersion();
    return new StartLine(
        step, totalSteps, batch, Objects.requireNonNullElse(version, "(unpackaged)"), time);
  }
}
