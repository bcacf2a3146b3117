package dev.facet.eval.report;

/** Text made safe to stand in a page, as content or inside a quoted attribute. */
final class Html {
  private Html() {}

  /** Escapes markup and replaces characters that HTML forbids. Apply once, where text enters. */
  static String text(String raw) {
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
