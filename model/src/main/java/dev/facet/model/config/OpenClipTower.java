package dev.facet.model.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.model.ops.Activation;

/** How an {@code open_clip_config.json} is written where all models name things alike. */
public final class OpenClipTower {
  private static final double USUAL_EPS = 1e-5;

  private OpenClipTower() {}

  /** Puts the sizes of a tower; heads stand elsewhere for each. */
  public static void put(ObjectNode json, TowerSize tower) {
    json.put("width", tower.width());
    json.put("layers", tower.layers());
    if (tower.mlpWidth() != 4 * tower.width()) {
      json.put("mlp_ratio", ratio(tower));
    }
    if (tower.normEps() != USUAL_EPS) {
      json.putObject("norm_kwargs").put("eps", tower.normEps());
    }
    if (tower.activation() == Activation.GELU_TANH) {
      json.putObject("act_kwargs").put("approximate", "tanh");
    }
  }

  /** What gives the inner width again, the fraction cut off. */
  public static double ratio(TowerSize tower) {
    double ratio = (double) tower.mlpWidth() / tower.width();
    return (int) (tower.width() * ratio) == tower.mlpWidth() ? ratio : Math.nextUp(ratio);
  }
}
