package dev.facet.augment.operation;

import dev.facet.augment.geometry.Frame;
import dev.facet.base.SampleRandom;

/**
 * Stretches what there is to the square without keeping its aspect: torchvision's {@code Resize((n,
 * n))}, open_clip's resize mode "squash".
 */
public record Squash() implements Operation, Geometry {

  /** It has no parameters. */
  public static final Squash DEFAULT = new Squash();

  @Override
  public void move(Frame frame, SampleRandom random) {
    frame.squash();
  }
}
