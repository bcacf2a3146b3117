package dev.facet.loader.stats;

import java.util.Locale;

/** What a loader's threads, and its consumer, spend their time on. */
public enum Stage {
  /** Opening one chunk. */
  OPEN(Who.OPENERS),
  /** Reading one row. */
  READ(Who.WORKERS),
  /** Header check and decoding of one picture. */
  DECODE(Who.WORKERS),
  /** Cropping, resampling and varying one picture. */
  TRANSFORM(Who.WORKERS),
  /** Choosing and encoding one caption. */
  TEXT(Who.WORKERS),
  /** A worker asleep until the next window's chunks are open. */
  WAIT_CHUNKS(Who.WORKERS),
  /** A worker asleep until the consumer gives a batch's memory back. */
  WAIT_SLOT(Who.WORKERS),
  /** The consumer asleep until its batch is complete; counted at every batch, waited for or not. */
  WAIT_BATCH(Who.CONSUMER);

  /** Whose time it is. */
  public enum Who {
    /** The threads that open chunks. */
    OPENERS,
    /** The threads that make samples. */
    WORKERS,
    /** The thread that takes batches. */
    CONSUMER
  }

  private final Who who;

  Stage(Who who) {
    this.who = who;
  }

  public Who who() {
    return who;
  }

  /** Its name in logs and JSON: {@code wait_slot}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
