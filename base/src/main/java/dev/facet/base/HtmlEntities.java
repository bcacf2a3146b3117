package dev.facet.base;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Entities;

/**
 * Turns HTML's references to characters, by name or by number, into those characters, as Python's
 * {@code html.unescape} does, which is what OpenAI's CLIP was trained with: the 2,231 names of HTML
 * 5 (section 13.5, "Named character references"); without a semicolon the 106 old ones, also as the
 * beginning of a longer word; numbers by the rules of section 13.2.5.80, and characters that are
 * none at all vanish.
 */
public final class HtmlEntities {
  private static final Pattern REFERENCE =
      Pattern.compile("&(?:#([0-9]+);?|#[xX]([0-9a-fA-F]+);?|([^\\t\\n\\f <&#;]{1,32};?))");

  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final String REPLACEMENT = "\uFFFD";

  private HtmlEntities() {}

  /** The text with every reference resolved, once. */
  public static String unescape(String text) {
    if (text.indexOf('&') < 0) {
      return text;
    }
    return REFERENCE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(meaning(found)));
  }

  private static String meaning(MatchResult found) {
    if (found.group(1) != null) {
      return character(found.group(1), 10);
    }
    return found.group(2) == null ? named(found.group(3)) : character(found.group(2), 16);
  }

  private static String named(String name) {
    int length = name.length();
    if (name.endsWith(";") && Entities.isNamedEntity(name.substring(0, length - 1))) {
      return Entities.getByName(name.substring(0, length - 1));
    }
    for (int end = length; end > 1; end--) {
      String start = name.substring(0, end);
      if (Entities.isBaseNamedEntity(start)) {
        return Entities.getByName(start) + name.substring(end);
      }
    }
    return "&" + name;
  }

  private static String character(String digits, int radix) {
    String significant = digits.replaceFirst("^0+", "");
    if (significant.isEmpty() || significant.length() > 7) {
      return REPLACEMENT;
    }
    int code = Integer.parseInt(significant, radix);
    if (code > Character.MAX_CODE_POINT || (code >= 0xD800 && code <= 0xDFFF)) {
      return REPLACEMENT;
    }
    if (code >= 0x80 && code <= 0x9F) {
      return windows(code);
    }
    boolean none =
        (code < 0x20 && "\t\n\f\r".indexOf(code) < 0)
            || code == 0x7F
            || (code >= 0xFDD0 && code <= 0xFDEF)
            || (code & 0xFFFE) == 0xFFFE;
    return none ? "" : Character.toString(code);
  }

  /** What a byte of the range that Unicode keeps for controls means on Windows; else itself. */
  public static String windows(int code) {
    String meant = WINDOWS.decode(ByteBuffer.wrap(new byte[] {(byte) code})).toString();
    return meant.equals(REPLACEMENT) ? Character.toString(code) : meant;
  }
}
