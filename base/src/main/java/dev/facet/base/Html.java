package dev.facet.base;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Pages for people: each is one file that opens anywhere, with its style and pictures inside it.
 * What they tell comes from the web: it is escaped, and a page forbids itself to run or load
 * anything besides.
 */
public final class Html {
  private Html() {}

  /**
   * How a page begins, up to its heading.
   *
   * @param kind what it is, in one or two words
   * @param style rules besides those that all pages have
   */
  public static String head(String kind, String title, String style) throws IOException {
    String name = text(title);
    return """
    <!DOCTYPE html>
    <html lang="en"><head><meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
    img-src data:; style-src 'unsafe-inline'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>%s - %s</title>
    <style>
    %s%s</style></head>
    <body><main>
    <p class="kicker">%s</p>
    <h1>%s</h1>
    """
        .formatted(name, kind, resource(Html.class, "page.css"), style, kind, name);
  }

  /** How it ends. */
  public static String end() {
    return "</main></body></html>\n";
  }

  /** The text of a file that lies beside a class. */
  public static String resource(Class<?> owner, String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(owner.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * Makes text safe to stand in a page, as content or inside a quoted attribute: escapes markup and
   * replaces characters that HTML forbids. Apply once, where text enters.
   */
  public static String text(String raw) {
    StringBuilder out = new StringBuilder(raw.length() + 16);
    raw.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(forbidden(c) ? 0xfffd : c);
              }
            });
    return out.toString();
  }

  private static boolean forbidden(int c) {
    boolean control = Character.isISOControl(c) && c != '\n' && c != '\t' && c != '\r';
    boolean loneSurrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return control || loneSurrogate;
  }
}
