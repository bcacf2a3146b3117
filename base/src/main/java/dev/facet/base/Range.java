package dev.facet.base;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Which numbers a setting takes; of an {@link Interval}, both ends. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Range {
  /** Smallest. */
  double min() default Double.NEGATIVE_INFINITY;

  /** Largest. */
  double max() default Double.POSITIVE_INFINITY;

  /** Lower bound that is itself not allowed. */
  double above() default Double.NEGATIVE_INFINITY;

  /** Upper bound that is itself not allowed. */
  double below() default Double.POSITIVE_INFINITY;
}
