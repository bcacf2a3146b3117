package dev.facet.model.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Learns a byte-level BPE vocabulary from captions (Sennrich et al. 2016, "Neural machine
 * translation of rare words with subword units", algorithm 1, on bytes as in Radford et al. 2019),
 * in CLIP's layout: 256 bytes, the same 256 ending a word, merges, start and end of text.
 *
 * <p>The most frequent pair of neighbouring symbols is merged until the vocabulary is full or no
 * pair occurs twice. Ties go to the pair of lower ids, so the result depends on the captions alone,
 * not on their order.
 */
public final class BpeTrainer {
  /** How CLIP cuts text into words (openai/CLIP, simple_tokenizer.py). */
  static final String WORDS =
      "<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d"
          + "|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";

  static final String END_OF_WORD = "</w>";

  /** The smallest vocabulary: all bytes twice, start and end. */
  public static final int MIN_VOCABULARY = 2 * ByteAlphabet.SIZE + 2;

  private static final Pattern WORD = Pattern.compile(WORDS);
  private static final Pattern SPACE = Pattern.compile("\\s+");

  /** A distinct word: its symbols so far and how often it occurs. */
  private static final class Word {
    int[] symbols;
    final long count;

    Word(int[] symbols, long count) {
      this.symbols = symbols;
      this.count = count;
    }
  }

  private record Pair(int left, int right) {}

  private static final Comparator<Map.Entry<Pair, Long>> BEST =
      Comparator.<Map.Entry<Pair, Long>>comparingLong(Map.Entry::getValue)
          .thenComparing(
              Map.Entry::getKey,
              Comparator.comparingInt(Pair::left).thenComparingInt(Pair::right).reversed());

  // Sorted, so that the same captions in another order give the same words in the same order.
  private final Map<String, Long> counts = new TreeMap<>();

  /** Counts a caption's words. */
  public void add(String caption) {
    String text = SPACE.matcher(Normalizer.normalize(caption, Normalizer.Form.NFC)).replaceAll(" ");
    Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
    while (matcher.find()) {
      counts.merge(matcher.group(), 1L, Long::sum);
    }
  }

  /**
   * Learns the vocabulary.
   *
   * @param size of the vocabulary at most, at least {@link #MIN_VOCABULARY}
   */
  public BpeVocabulary train(int size) {
    List<String> symbols = new ArrayList<>();
    for (int id = 0; id < ByteAlphabet.SIZE; id++) {
      symbols.add(String.valueOf(ByteAlphabet.symbol(id)));
    }
    for (int id = 0; id < ByteAlphabet.SIZE; id++) {
      symbols.add(ByteAlphabet.symbol(id) + END_OF_WORD);
    }
    List<Word> words = words(symbols);
    Map<Pair, Long> pairs = new HashMap<>();
    Map<Pair, Set<Integer>> places = new HashMap<>();
    for (int w = 0; w < words.size(); w++) {
      count(words.get(w), w, 1, pairs, places);
    }
    List<String> merges = new ArrayList<>();
    while (symbols.size() < size - 2 && !pairs.isEmpty()) {
      Map.Entry<Pair, Long> best = pairs.entrySet().stream().max(BEST).orElseThrow();
      if (best.getValue() < 2) {
        break;
      }
      Pair pair = best.getKey();
      int merged = symbols.size();
      merges.add(symbols.get(pair.left) + " " + symbols.get(pair.right));
      symbols.add(symbols.get(pair.left) + symbols.get(pair.right));
      for (int w : List.copyOf(places.getOrDefault(pair, Set.of()))) {
        Word word = words.get(w);
        count(word, w, -1, pairs, places);
        word.symbols = merge(word.symbols, pair, merged);
        count(word, w, 1, pairs, places);
      }
    }
    return new BpeVocabulary(symbols, merges);
  }

  private List<Word> words(List<String> symbols) {
    Map<String, Integer> ids = new HashMap<>();
    for (int id = 0; id < symbols.size(); id++) {
      ids.put(symbols.get(id), id);
    }
    List<Word> words = new ArrayList<>();
    counts.forEach(
        (text, count) -> {
          String spelled = ByteAlphabet.spell(text);
          int[] word = new int[spelled.length()];
          for (int i = 0; i < word.length; i++) {
            String end = i == word.length - 1 ? END_OF_WORD : "";
            Integer id = ids.get(spelled.charAt(i) + end);
            word[i] = id == null ? 0 : id;
          }
          words.add(new Word(word, count));
        });
    return words;
  }

  private static void count(
      Word word, int index, int sign, Map<Pair, Long> pairs, Map<Pair, Set<Integer>> places) {
    for (int i = 0; i + 1 < word.symbols.length; i++) {
      Pair pair = new Pair(word.symbols[i], word.symbols[i + 1]);
      long count = pairs.merge(pair, sign * word.count, Long::sum);
      if (sign > 0) {
        places.computeIfAbsent(pair, p -> new HashSet<>()).add(index);
      } else if (count == 0) {
        pairs.remove(pair);
        places.remove(pair);
      }
    }
  }

  private static int[] merge(int[] symbols, Pair pair, int merged) {
    int[] out = new int[symbols.length];
    int length = 0;
    for (int i = 0; i < symbols.length; i++) {
      boolean here =
          i + 1 < symbols.length && symbols[i] == pair.left && symbols[i + 1] == pair.right;
      out[length++] = here ? merged : symbols[i];
      i += here ? 1 : 0;
    }
    return Arrays.copyOf(out, length);
  }
}
