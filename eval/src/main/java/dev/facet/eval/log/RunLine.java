package dev.facet.eval.log;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/** One line of {@code metrics.jsonl}. Unknown keys of newer versions are passed over. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = StartLine.class, name = "start"),
  @JsonSubTypes.Type(value = StepLine.class, name = "step"),
  @JsonSubTypes.Type(value = EvalLine.class, name = "eval"),
  @JsonSubTypes.Type(value = LoaderLine.class, name = "loader"),
  @JsonSubTypes.Type(value = EndLine.class, name = "end")
})
@JsonIgnoreProperties(ignoreUnknown = true)
public sealed interface RunLine permits StartLine, StepLine, EvalLine, LoaderLine, EndLine {
  /** Optimizer steps done so far, from 1; an evaluation before the first step has 0. */
  long step();

  /** When it was written. */
  Instant time();
}
