package dev.facet.prepare.fetch.address;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The signs that HTML writes in words, turned back, as far as they occur in addresses: the five of
 * XML and any by number. Others stay: {@code &copy=1} is more often a parameter than a sign.
 */
final class HtmlEntities {
  private static final Pattern ENTITY =
      Pattern.compile("&(\\w{1,8}|#\\d{1,7}|#[xX][0-9a-fA-F]{1,6});");
  private static final Map<String, String> NAMED =
      Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'");

  /** What was escaped twice is found as well as what was escaped once. */
  private static final int ROUNDS = 3;

  private HtmlEntities() {}

  static String turnBack(String text) {
    String result = text;
    for (int round = 0; round < ROUNDS && result.indexOf('&') >= 0; round++) {
      result = ENTITY.matcher(result).replaceAll(HtmlEntities::sign);
    }
    return result;
  }

  private static String sign(MatchResult entity) {
    return Matcher.quoteReplacement(sign(entity.group(1), entity.group()));
  }

  private static String sign(String name, String otherwise) {
    if (name.charAt(0) != '#') {
      return NAMED.getOrDefault(name, otherwise);
    }
    boolean hex = Character.toLowerCase(name.charAt(1)) == 'x';
    int letter =
        hex
            ? Integer.parseInt(name, 2, name.length(), 16)
            : Integer.parseInt(name, 1, name.length(), 10);
    boolean text =
        Character.isValidCodePoint(letter) && Character.getType(letter) != Character.SURROGATE;
    return text ? Character.toString(letter) : otherwise;
  }
}
