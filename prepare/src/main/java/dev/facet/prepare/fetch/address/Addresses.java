package dev.facet.prepare.fetch.address;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The addresses in a cell of a published table. A cell holds one address or several, with a comma
 * and a blank between them; the word UNKNOWN stands where one is missing. They were taken out of
 * web pages, so ampersands may be written as there, and blanks and letters of any language occur.
 *
 * <p>Neither commas nor blanks alone part addresses, which may hold both; a comma with a blank
 * behind it does, and so does any of them with the start of an address behind it.
 */
public final class Addresses {
  private static final Pattern BETWEEN =
      Pattern.compile(
          "(?<![,\\s])(?:[,\\s]*,\\s[,\\s]*+"
              + "|[,\\s]++(?=[a-zA-Z][a-zA-Z0-9+.-]{0,20}://|UNKNOWN(?:[,\\s]|$)))");

  private static final Pattern LAST_COMMAS = Pattern.compile("(?<![,\\s])[,\\s]++$");

  private Addresses() {}

  /**
   * What can be fetched: http and https, whole and in the form in which it is sent, in the order of
   * the cells, none twice. Empty if there is nothing; never fails, whatever the cells hold.
   */
  public static List<URI> of(Iterable<? extends @Nullable String> cells) {
    Set<URI> found = new LinkedHashSet<>();
    for (@Nullable String cell : cells) {
      if (cell != null) {
        for (String entry : BETWEEN.split(cell, -1)) {
          URI address =
              WebAddress.of(HtmlEntities.turnBack(LAST_COMMAS.matcher(entry).replaceFirst("")));
          if (address != null) {
            found.add(address);
          }
        }
      }
    }
    return List.copyOf(found);
  }
}
