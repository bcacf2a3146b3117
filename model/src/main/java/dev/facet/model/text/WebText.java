package dev.facet.model.text;

import dev.facet.base.HtmlEntities;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Cleans captions as OpenAI's CLIP was trained on them (openai/CLIP, simple_tokenizer.py,
 * basic_clean and whitespace_clean): HTML entities are resolved twice, runs of white space become
 * one space, and everything is lower case. Of ftfy, which runs before that ("fixes text for you",
 * ftfy.fix_text), this has what concerns single characters: terminal escapes and control characters
 * go, bytes of Windows-1252, Latin ligatures, full-width letters and curly quotes become plain
 * ones, accents are composed (NFC). Not its guess at text that was decoded with the wrong alphabet:
 * such text stays as it is.
 */
final class WebText {
  /** As Python's {@code str.isspace}. */
  static final Pattern SPACE =
      Pattern.compile("[\\s\\x1C-\\x1F]+", Pattern.UNICODE_CHARACTER_CLASS);

  private static final Pattern ESCAPE = Pattern.compile("\\x1B\\[[0-9;]*[a-zA-Z]");
  private static final Pattern WINDOWS = Pattern.compile("[\\x80-\\x9F]");

  /** What Unicode takes apart for the sake of compatibility; ftfy's choice of it. */
  private static final Pattern VARIANT = Pattern.compile("[\\u3000\\uFF01-\\uFFEFĲĳŉǄ-ǌǱ-ǳﬀ-ﬄﬆ]");

  private static final Pattern SINGLE_QUOTE = Pattern.compile("[\\u02BC\\u2018-\\u201B]");
  private static final Pattern DOUBLE_QUOTE = Pattern.compile("[\\u201C-\\u201F]");
  private static final Pattern CONTROL =
      Pattern.compile("[\\x00-\\x08\\x0B\\x0E-\\x1F\\x7F\\u206A-\\u206F\\uFEFF\\uFFF9-\\uFFFC]");

  private WebText() {}

  static String clean(String caption) {
    String text = caption;
    if (!isPlain(text)) {
      // A text that still has tags may mean its entities; ftfy leaves them alone then.
      text = repair(text.indexOf('<') < 0 ? HtmlEntities.unescape(text) : text);
      text = HtmlEntities.unescape(HtmlEntities.unescape(text));
    }
    return collapse(text).toLowerCase(Locale.ROOT);
  }

  /** One space for each run of white space, none at the ends. */
  static String collapse(String text) {
    return SPACE.matcher(text).replaceAll(" ").strip();
  }

  private static String repair(String text) {
    String fixed = ESCAPE.matcher(text).replaceAll("");
    fixed = WINDOWS.matcher(fixed).replaceAll(c -> HtmlEntities.windows(c.group().charAt(0)));
    fixed =
        VARIANT
            .matcher(fixed)
            .replaceAll(c -> quoted(Normalizer.normalize(c.group(), Normalizer.Form.NFKC)));
    fixed = fixed.replace("ﬅ", "ſt");
    fixed = SINGLE_QUOTE.matcher(fixed).replaceAll("'");
    fixed = DOUBLE_QUOTE.matcher(fixed).replaceAll("\"");
    fixed = CONTROL.matcher(fixed).replaceAll("");
    return Normalizer.normalize(fixed, Normalizer.Form.NFC);
  }

  private static String quoted(String replacement) {
    return java.util.regex.Matcher.quoteReplacement(replacement);
  }

  /** Nearly every caption is: nothing to repair. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '&' || c >= 0x7F || (c < ' ' && c != '\n' && c != '\t')) {
        return false;
      }
    }
    return true;
  }
}
