package dev.facet.loader.source;

import dev.facet.loader.files.PicturePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Members of a tar file that belong together: those whose paths differ after the last dot only. In
 * tars that were joined the same paths come again: each time they are another sample.
 */
final class TarSample {
  /** Where a member's content is. */
  record Member(long offset, long size) {}

  private final String key;
  private final int copy;
  private String pictureEnding = "";
  private @Nullable Member picture;
  private @Nullable Member text;
  private @Nullable Member json;

  private TarSample(String key, int copy) {
    this.key = key;
    this.copy = copy;
  }

  /** The path up to the dot, with a number where it comes again. */
  String name() {
    return copy == 0 ? key : key + "~" + (copy + 1);
  }

  @Nullable Member picture() {
    return picture;
  }

  @Nullable Member text() {
    return text;
  }

  @Nullable Member json() {
    return json;
  }

  private boolean isTextOnly() {
    return picture == null && (text != null || json != null);
  }

  private boolean isPictureOnly() {
    return picture != null && text == null && json == null;
  }

  /** Collects samples in the order in which their first members appear. */
  static final class Collector {
    private final List<TarSample> samples = new ArrayList<>();
    private final Map<String, List<TarSample>> byKey = new HashMap<>();

    /** Adds a member to the last sample of its key, or to a new one. */
    void add(String path, Member member) {
      String tidy = PicturePath.tidy(path);
      int file = tidy.lastIndexOf('/') + 1;
      int dot = tidy.lastIndexOf('.');
      // ._ files are what macOS keeps beside a file.
      if (dot <= file || tidy.startsWith("._", file)) {
        return;
      }
      String ending = tidy.substring(dot + 1).toLowerCase(Locale.ROOT);
      String key = tidy.substring(0, dot);
      if (Endings.isPicture(ending)) {
        addPicture(last(key), ending, member);
      } else if (ending.equals("txt")) {
        TarSample its = last(key);
        (its.text == null ? its : another(key)).text = member;
      } else if (ending.equals("json")) {
        TarSample its = last(key);
        (its.json == null ? its : another(key)).json = member;
      }
    }

    /** A picture in a second form, right after the first, is no sample of its own. */
    private void addPicture(TarSample last, String ending, Member member) {
      if (last.isPictureOnly() && !last.pictureEnding.equals(ending)) {
        return;
      }
      TarSample its = last.picture == null ? last : another(last.key);
      its.picture = member;
      its.pictureEnding = ending;
    }

    /**
     * All samples. A picture without a text that is called {@code x.jpg.chip.jpg} shares that of
     * {@code x.txt}, if no other picture is called {@code x}.
     */
    List<TarSample> samples() {
      Set<TarSample> shared = new HashSet<>();
      for (TarSample sample : samples) {
        String key = sample.key;
        for (int dot = lastDot(key); sample.isPictureOnly() && dot > 0; dot = lastDot(key)) {
          key = key.substring(0, dot);
          List<TarSample> texts = byKey.getOrDefault(key, List.of());
          if (texts.size() > sample.copy && texts.get(sample.copy).isTextOnly()) {
            sample.text = texts.get(sample.copy).text;
            sample.json = texts.get(sample.copy).json;
            shared.add(texts.get(sample.copy));
          }
        }
      }
      return samples.stream().filter(sample -> !shared.contains(sample)).toList();
    }

    private TarSample last(String key) {
      List<TarSample> its = byKey.get(key);
      return its == null ? another(key) : its.getLast();
    }

    private TarSample another(String key) {
      List<TarSample> its = byKey.computeIfAbsent(key, k -> new ArrayList<>(1));
      TarSample sample = new TarSample(key, its.size());
      its.add(sample);
      samples.add(sample);
      return sample;
    }

    private static int lastDot(String key) {
      int dot = key.lastIndexOf('.');
      return dot > key.lastIndexOf('/') ? dot : -1;
    }
  }
}
