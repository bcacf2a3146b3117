package dev.facet.model.text;

import dev.facet.base.FacetException;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What happens to a caption before it is cut into tokens. A model reads captions best as it was
 * trained on them, so a checkpoint remembers which of these that was.
 */
public enum CaptionCleanup {
  /** Nothing: the tokenizer gets the caption as it is. */
  NONE(text -> text),
  /** CLIP's: entities, quotes, ligatures, control characters, white space, lower case. */
  WEB(WebText::clean),
  /** SigLIP 2's: lower case (transformers, tokenization_siglip2.py). */
  LOWER(text -> text.toLowerCase(Locale.ROOT)),
  /**
   * SigLIP's: no ASCII punctuation, lower case, single spaces; an underscore is a space
   * (google-research/big_vision, prompt_engineering.py, canonicalize_text, as open_clip has it;
   * transformers' SiglipTokenizer differs in dropping the underscore like all punctuation).
   */
  SIGLIP(CaptionCleanup::canonical),
  /**
   * FLIP's: lower case, {@code . ! " ( ) * # : ; ~} to spaces, single spaces, at most {@value
   * #FLIP_WORDS} words (FaceCaption-15M, pre_caption).
   */
  FLIP(CaptionCleanup::preCaption);

  /**
   * Longer captions are cut to so many characters (UTF-16) before anything else, whatever the
   * clean-up: no context is long enough to see the rest, and a damaged row may hold megabytes.
   */
  public static final int MAX_LENGTH = 32_768;

  private static final int FLIP_WORDS = 65;
  private static final Pattern PUNCTUATION = Pattern.compile("\\p{Punct}");
  private static final Pattern FLIP_PUNCTUATION = Pattern.compile("[.!\"()*#:;~]");
  private static final Pattern FLIP_SPACES =
      Pattern.compile("[\\s\\x1C-\\x1F]{2,}", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern OUTER = Pattern.compile("^ +| +$");

  private final UnaryOperator<String> rule;

  CaptionCleanup(UnaryOperator<String> rule) {
    this.rule = rule;
  }

  /** The caption as the tokenizer gets it; half a surrogate pair becomes U+FFFD. */
  public String apply(String caption) {
    return rule.apply(wellFormed(shortened(caption)));
  }

  /** As written in files and settings. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The one that a file names.
   *
   * @throws FacetException usage, naming the file, if there is none of that name
   */
  static CaptionCleanup of(String label, Object file) {
    for (CaptionCleanup each : values()) {
      if (each.label().equals(label)) {
        return each;
      }
    }
    throw FacetException.usage(
        file
            + ": facet.caption_cleanup is "
            + label
            + "; it expects none, web, lower, siglip or flip");
  }

  private static String canonical(String caption) {
    String text = PUNCTUATION.matcher(caption.replace('_', ' ')).replaceAll("");
    return WebText.collapse(text.toLowerCase(Locale.ROOT));
  }

  private static String preCaption(String caption) {
    String text = FLIP_PUNCTUATION.matcher(caption.toLowerCase(Locale.ROOT)).replaceAll(" ");
    text = FLIP_SPACES.matcher(text).replaceAll(" ").replaceFirst("\n+$", "");
    text = OUTER.matcher(text).replaceAll("");
    int end = -1;
    for (int words = 0; words < FLIP_WORDS; words++) {
      end = text.indexOf(' ', end + 1);
      if (end < 0) {
        return text;
      }
    }
    return text.substring(0, end);
  }

  private static String shortened(String caption) {
    if (caption.length() <= MAX_LENGTH) {
      return caption;
    }
    boolean pair = Character.isHighSurrogate(caption.charAt(MAX_LENGTH - 1));
    return caption.substring(0, pair ? MAX_LENGTH - 1 : MAX_LENGTH);
  }

  /** The tokenizer works on Unicode text, which half a pair is not. */
  private static String wellFormed(String text) {
    StringBuilder fixed = null;
    for (int i = 0; i < text.length(); i++) {
      int code = text.codePointAt(i);
      if (Character.charCount(code) == 2) {
        i++;
      } else if (Character.isSurrogate((char) code)) {
        fixed = fixed == null ? new StringBuilder(text) : fixed;
        fixed.setCharAt(i, '\uFFFD');
      }
    }
    return fixed == null ? text : fixed.toString();
  }
}
