package dev.facet.base.hub;

import dev.facet.base.FacetException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the Hub is and where its files are kept, by the variables that its Python programs heed
 * (huggingface_hub, "Environment variables").
 *
 * @param endpoint {@code HF_ENDPOINT}, without a slash at its end
 * @param cache {@code HF_HUB_CACHE}, else {@code hub} in {@code HF_HOME}
 * @param token {@code HF_TOKEN}, else what the Hub's login keeps in {@code HF_HOME}; null without
 * @param offline {@code HF_HUB_OFFLINE}: nothing is asked
 */
public record HubSettings(URI endpoint, Path cache, @Nullable String token, boolean offline) {
  private static final String ENDPOINT = "https://huggingface.co";
  private static final Set<String> TRUE = Set.of("1", "true", "yes", "on");

  /**
   * Reads the variables.
   *
   * @throws FacetException usage, if the endpoint is no address
   */
  public static HubSettings of(Map<String, String> variables) throws IOException {
    Path user = Path.of(System.getProperty("user.home"));
    Path caches = path(variables, "XDG_CACHE_HOME", user.resolve(".cache"));
    Path home = path(variables, "HF_HOME", caches.resolve("huggingface"));
    String token = text(variables, "HF_TOKEN", "");
    Path kept = path(variables, "HF_TOKEN_PATH", home.resolve("token"));
    if (token.isEmpty() && Files.isRegularFile(kept)) {
      token = Files.readString(kept).strip();
    }
    // Else it would stand in the message of whoever puts it into a request.
    if (!token.chars().allMatch(letter -> letter > ' ' && letter <= '~')) {
      throw FacetException.usage(
          "HF_TOKEN, or what a login keeps in its place, is no token: it is one word of plain"
              + " letters");
    }
    return new HubSettings(
        endpoint(text(variables, "HF_ENDPOINT", ENDPOINT)),
        path(variables, "HF_HUB_CACHE", home.resolve("hub")),
        token.isEmpty() ? null : token,
        TRUE.contains(text(variables, "HF_HUB_OFFLINE", "").toLowerCase(Locale.ROOT)));
  }

  private static URI endpoint(String written) {
    try {
      URI address = URI.create(written.replaceAll("/+$", ""));
      String scheme = String.valueOf(address.getScheme());
      if (address.getHost() != null && Set.of("http", "https").contains(scheme)) {
        return address;
      }
    } catch (IllegalArgumentException _) {
      // Told below.
    }
    throw FacetException.usage(
        "HF_ENDPOINT is no address of a Hub: it expects https://HOST, or nothing for " + ENDPOINT);
  }

  private static String text(Map<String, String> variables, String name, String usual) {
    String value = variables.getOrDefault(name, "").strip();
    return value.isEmpty() ? usual : value;
  }

  private static Path path(Map<String, String> variables, String name, Path usual) {
    String value = text(variables, name, "");
    if (value.equals("~") || value.startsWith("~/")) {
      value = System.getProperty("user.home") + value.substring(1);
    }
    return value.isEmpty() ? usual : Path.of(value).toAbsolutePath();
  }

  /** Without the token, which no log is to show. */
  @Override
  public String toString() {
    return "HubSettings[endpoint=%s, cache=%s, offline=%s]".formatted(endpoint, cache, offline);
  }
}
