package dev.facet.cli.config;

import dev.facet.train.TrackingSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** An address of a tracking server is one. */
final class TrackingChecks {
  private TrackingChecks() {}

  static void check(TrackingSettings tracking, BiConsumer<List<String>, String> sink) {
    String server = tracking.mlflow();
    if (server != null && !isWeb(server)) {
      sink.accept(
          List.of("train.mlflow"),
          ("train.mlflow is %s, which is no address of a server: write one such as"
                  + " http://127.0.0.1:5000")
              .formatted(server));
    }
    if (server != null && tracking.mlflowExperiment().isBlank()) {
      sink.accept(
          List.of("train.mlflow_experiment"),
          "train.mlflow_experiment is empty: name an experiment");
    }
  }

  private static boolean isWeb(String address) {
    URI uri = parsed(address);
    return uri != null
        && uri.getHost() != null
        && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
        && uri.getUserInfo() == null // it would be shown, and is not sent
        && uri.getQuery() == null
        && uri.getFragment() == null;
  }

  private static @Nullable URI parsed(String address) {
    try {
      return new URI(address);
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
