package dev.facet.base.hub;

import dev.facet.base.FacetException;
import dev.facet.base.Printable;
import java.util.regex.Pattern;

/**
 * A file of a repository, as the Hub describes it before it is fetched.
 *
 * @param tag the name of its blob: the SHA-256 of its bytes, or Git's SHA-1 of them
 * @param size in bytes; -1 if the Hub does not say it
 */
record HubFile(String tag, long size) {
  private static final Pattern TAG = Pattern.compile("[0-9A-Za-z][0-9A-Za-z_.-]{0,127}");
  private static final Pattern SEGMENT = Pattern.compile("[^/\\\\\\p{Cntrl}]+");

  /**
   * @param header the Hub's {@code ETag}: quoted, weak or not
   */
  static HubFile of(String header, long size, String name) {
    String tag = header.replaceFirst("^W/", "").replace("\"", "");
    if (!TAG.matcher(tag).matches()) {
      throw FacetException.run(
          "the Hub gives no usable ETag for %s: %s".formatted(name, Printable.of(header)));
    }
    return new HubFile(tag, size);
  }

  /**
   * A file's name as the Hub lists it, which must stay inside the repository.
   *
   * @throws FacetException run, if it would lie elsewhere
   */
  static String inside(String name, HubName repository) {
    for (String part : name.split("/", -1)) {
      if (!SEGMENT.matcher(part).matches() || part.equals(".") || part.equals("..")) {
        throw FacetException.run(
            "%s lists a file that would lie outside of it: %s; it is not fetched"
                .formatted(repository, Printable.of(name)));
      }
    }
    return name;
  }
}
