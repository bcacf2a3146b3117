package dev.facet.base.hub;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks the Hub. The token goes to the endpoint alone: redirects are followed here, one by one, and
 * where one leads to another host it is left out. From https none leads to http.
 */
final class HubClient {
  private static final int CONNECT_MILLIS = 10_000;

  /** A body may take hours, but not stand still for this long. */
  private static final int READ_MILLIS = 60_000;

  private static final int MOST_REDIRECTS = 5;
  private static final int LARGEST_LIST = 64 << 20;
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int UNAUTHORISED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY = 429;

  private final HubSettings settings;

  HubClient(HubSettings settings) {
    this.settings = settings;
  }

  /**
   * What a revision is.
   *
   * @param commit that it stands for now
   * @param files all names in it
   */
  record Revision(String commit, List<String> files) {}

  /**
   * Asks what a revision is.
   *
   * @throws FacetException usage, if there is no such repository or revision, or it is not open to
   *     everybody, with the page to visit
   * @throws IOException if the Hub cannot be reached
   */
  Revision revision(HubName name) throws IOException {
    String place =
        "/api/"
            + name.kind().plural()
            + "/"
            + name.repository()
            + "/revision/"
            + encoded(name.revision());
    HttpURLConnection answer = ask("GET", address(place), 0, true);
    try (InputStream body = body(answer, name)) {
      byte[] bytes = body.readNBytes(LARGEST_LIST);
      JsonNode json = Json.LINE.readTree(bytes);
      String commit = json.path("sha").asText("");
      if (!HubName.isCommit(commit)) {
        throw FacetException.run(
            "%s: the Hub at %s names no commit; is HF_ENDPOINT right?"
                .formatted(name, settings.endpoint()));
      }
      List<String> files = new ArrayList<>();
      for (JsonNode file : json.path("siblings")) {
        files.add(HubFile.inside(file.path("rfilename").asText(""), name));
      }
      return new Revision(commit, files);
    } finally {
      answer.disconnect();
    }
  }

  /** Asks what a file is, without its bytes. */
  HubFile file(HubName name, String commit, String file) throws IOException {
    HttpURLConnection answer = ask("HEAD", resolve(name, commit, file), 0, false);
    try {
      if (answer.getResponseCode() >= 400) {
        throw refusal(answer, name);
      }
      String linked = answer.getHeaderField("X-Linked-Etag");
      String tag = linked == null ? answer.getHeaderField("ETag") : linked;
      String size = answer.getHeaderField("X-Linked-Size");
      return HubFile.of(
          tag == null ? "" : tag,
          size == null ? answer.getContentLengthLong() : number(size),
          file);
    } finally {
      answer.disconnect();
    }
  }

  /**
   * The bytes of a file.
   *
   * @param from where they begin; the answer may begin at 0 all the same
   */
  Body open(HubName name, String commit, String file, long from) throws IOException {
    HttpURLConnection answer = ask("GET", resolve(name, commit, file), from, true);
    return new Body(body(answer, name), answer.getResponseCode() == PARTIAL ? from : 0);
  }

  /**
   * Bytes on their way.
   *
   * @param from where they begin in the file
   */
  record Body(InputStream bytes, long from) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      bytes.close();
    }
  }

  private static long number(String header) {
    try {
      return Long.parseLong(header.strip());
    } catch (NumberFormatException _) {
      return -1;
    }
  }

  /** The page of a repository, for people. */
  String page(HubName name) {
    return settings.endpoint() + "/" + name.path();
  }

  private URI address(String place) {
    return URI.create(settings.endpoint() + place);
  }

  private URI resolve(HubName name, String commit, String file) {
    StringBuilder place = new StringBuilder("/" + name.path() + "/resolve/" + commit);
    for (String part : file.split("/", -1)) {
      place.append('/').append(encoded(part));
    }
    return address(place.toString());
  }

  private static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * Asks, and follows redirects.
   *
   * @param abroad also to other hosts; else what leads there is the answer
   */
  private HttpURLConnection ask(String method, URI address, long from, boolean abroad)
      throws IOException {
    URI to = address;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      HttpURLConnection connection = (HttpURLConnection) to.toURL().openConnection();
      connection.setRequestMethod(method);
      connection.setInstanceFollowRedirects(false);
      connection.setConnectTimeout(CONNECT_MILLIS);
      connection.setReadTimeout(READ_MILLIS);
      connection.setRequestProperty("User-Agent", "facet");
      connection.setRequestProperty("Accept-Encoding", "identity");
      if (settings.token() != null && isOurs(to)) {
        connection.setRequestProperty("Authorization", "Bearer " + settings.token());
      }
      if (from > 0) {
        connection.setRequestProperty("Range", "bytes=" + from + "-");
      }
      URI next = redirect(connection, to);
      if (next == null || !(abroad || isOurs(next))) {
        return connection;
      }
      connection.disconnect();
      to = next;
    }
    throw new IOException("more than " + MOST_REDIRECTS + " redirects from " + address);
  }

  private static @Nullable URI redirect(HttpURLConnection answer, URI from) throws IOException {
    int status = answer.getResponseCode();
    String location = answer.getHeaderField("Location");
    if (status < 300 || status >= 400 || location == null) {
      return null;
    }
    URI to;
    try {
      to = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new IOException("a redirect leads to no address", e);
    }
    String scheme = String.valueOf(to.getScheme());
    boolean safe =
        scheme.equals("https") || (scheme.equals("http") && "http".equals(from.getScheme()));
    if (!safe || to.getHost() == null) {
      throw new IOException("a redirect leads from " + from.getScheme() + " to " + scheme);
    }
    return to;
  }

  /** Whether an address is on the endpoint's host, by the same way in. */
  private boolean isOurs(URI address) {
    URI own = settings.endpoint();
    return Objects.equals(own.getScheme(), address.getScheme())
        && own.getHost().equalsIgnoreCase(address.getHost())
        && own.getPort() == address.getPort();
  }

  private InputStream body(HttpURLConnection answer, HubName name) throws IOException {
    int status = answer.getResponseCode();
    if (status != OK && status != PARTIAL) {
      throw refusal(answer, name);
    }
    return answer.getInputStream();
  }

  /** Why there is no answer; what may pass, such as a server's own trouble, is no such message. */
  private FacetException refusal(HttpURLConnection answer, HubName name) throws IOException {
    int status = answer.getResponseCode();
    String host = answer.getURL().getHost();
    if (status == TOO_MANY || status >= 500 || !isOurs(URI.create(answer.getURL().toString()))) {
      throw new IOException(host + " answers with status " + status);
    }
    String token =
        settings.token() == null
            ? "set HF_TOKEN to a token of yours"
            : "the account of your token has to have it";
    return switch (String.valueOf(answer.getHeaderField("X-Error-Code"))) {
      case "GatedRepo" ->
          FacetException.usage(
              "%s is gated: its owners want you to agree to their terms; visit %s, then %s"
                  .formatted(name, page(name), token));
      case "RevisionNotFound" ->
          FacetException.usage(
              "%s: there is no such revision; see %s/tree/main"
                  .formatted(pinned(name), page(name)));
      case "EntryNotFound" ->
          FacetException.run(
              "%s has lost a file that it lists; see %s".formatted(name, page(name)));
      default ->
          status == UNAUTHORISED || status == FORBIDDEN || status == NOT_FOUND
              ? FacetException.usage(
                  ("%s: there is no such repository, or it is private; visit %s, and if you have"
                          + " access, %s")
                      .formatted(name, page(name), token))
              : FacetException.run(
                  String.format(
                      Locale.ROOT,
                      "%s: the Hub answers with status %d; see %s",
                      name,
                      status,
                      page(name)));
    };
  }

  private static String pinned(HubName name) {
    return name.revision().equals("main") ? name + "@main" : name.toString();
  }
}
