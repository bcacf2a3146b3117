package dev.facet.eval.log;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.facet.eval.retrieval.Direction;
import dev.facet.eval.retrieval.RetrievalResult;
import java.time.Instant;
import java.util.Objects;

/**
 * One evaluation on held-out pairs.
 *
 * @param set the name of what was held out; empty in logs of before there were names
 * @param step optimizer steps behind the weights
 * @param epoch from 0
 * @param pairs image-caption pairs scored
 * @param imageToText a picture is the query
 * @param textToImage a caption is the query
 * @param loss of these pairs as in training; NaN where it is not known
 * @param lossBatch pairs in a batch of those that the loss is the mean of; 0 where it is not known
 * @param time when it was written
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record EvalLine(
    String set,
    long step,
    int epoch,
    int pairs,
    Direction imageToText,
    Direction textToImage,
    @JsonDeserialize(using = NoNumber.class) float loss,
    int lossBatch,
    @JsonSerialize(using = ToStringSerializer.class) @JsonDeserialize(converter = InstantText.class)
        Instant time)
    implements RunLine {

  public EvalLine {
    set = Objects.requireNonNullElse(set, "");
  }

  /** The line of a result. */
  public static EvalLine of(
      String set, long step, int epoch, RetrievalResult result, HeldOutLoss loss, Instant time) {
    return new EvalLine(
        set,
        step,
        epoch,
        result.pairs(),
        result.imageToText(),
        result.textToImage(),
        (float) loss.mean(),
        loss.batch(),
        time);
  }
}
