package dev.facet.loader.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Members of a tar file that belong together: those whose paths differ after the last dot only. */
final class TarSample {
  /** Where a member's content is. */
  record Member(long offset, long size) {}

  private final String key;
  private @Nullable Member picture;
  private @Nullable Member text;
  private @Nullable Member json;

  private TarSample(String key) {
    this.key = key;
  }

  String key() {
    return key;
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
    private final Map<String, TarSample> samples = new LinkedHashMap<>();

    /** Adds a member; of several of the same kind the first counts. */
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
        TarSample its = sample(key);
        its.picture = its.picture != null ? its.picture : member;
      } else if (ending.equals("txt")) {
        TarSample its = sample(key);
        its.text = its.text != null ? its.text : member;
      } else if (ending.equals("json")) {
        TarSample its = sample(key);
        its.json = its.json != null ? its.json : member;
      }
    }

    /**
     * All samples. A picture without a text that is called {@code x.jpg.chip.jpg} shares that of
     * {@code x.txt}, if no other picture is called {@code x}.
     */
    List<TarSample> samples() {
      Map<String, Boolean> shared = new LinkedHashMap<>();
      for (TarSample sample : samples.values()) {
        String key = sample.key;
        for (int dot = lastDot(key); sample.isPictureOnly() && dot > 0; dot = lastDot(key)) {
          key = key.substring(0, dot);
          TarSample texts = samples.get(key);
          if (texts != null && texts.isTextOnly()) {
            sample.text = texts.text;
            sample.json = texts.json;
            shared.put(key, true);
          }
        }
      }
      List<TarSample> all = new ArrayList<>(samples.values());
      all.removeIf(sample -> shared.containsKey(sample.key));
      return all;
    }

    private TarSample sample(String key) {
      return samples.computeIfAbsent(key, TarSample::new);
    }

    private static int lastDot(String key) {
      int dot = key.lastIndexOf('.');
      return dot > key.lastIndexOf('/') ? dot : -1;
    }
  }
}
