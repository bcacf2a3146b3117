package dev.facet.loader.source;

import dev.facet.loader.files.Endings;
import dev.facet.loader.files.PicturePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Members of a tar file that belong together: those whose paths differ after the last dot only, or,
 * where that leaves pictures without texts, after the first dot of the file's name, as webdataset
 * has it. In tars that were joined the same paths come again: each time they are another sample.
 */
final class TarSample {
  /** Endings of pictures that have no format in their name; Hugging Face's writers use them. */
  private static final Set<String> PICTURES = Set.of("img", "image");

  /** A file in the tar, by its tidy path, and where its content is. */
  record Member(String path, long offset, long size) {
    String ending() {
      return Endings.of(path);
    }
  }

  private final String key;
  private final int copy;
  private @Nullable Member picture;
  private final List<Member> texts = new ArrayList<>();
  private final List<Member> jsons = new ArrayList<>();
  private @Nullable String fault;

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

  List<Member> texts() {
    return texts;
  }

  List<Member> jsons() {
    return jsons;
  }

  /** Why it is no sample; null if it is one. */
  @Nullable String fault() {
    return fault;
  }

  /** What a member is within the sample: {@code txt}, or {@code 0.txt} of the sample's texts. */
  String nameOf(Member member) {
    String path = member.path();
    String start = path.startsWith(key + ".") ? key : upToFirstDot(path);
    return path.substring(start.length() + 1).toLowerCase(Locale.ROOT);
  }

  private boolean hasTexts() {
    return !texts.isEmpty() || !jsons.isEmpty();
  }

  private boolean isTextOnly() {
    return picture == null && hasTexts();
  }

  private boolean isPictureOnly() {
    return picture != null && !hasTexts();
  }

  private boolean hasOne(List<Member> members, String ending) {
    return members.stream().anyMatch(member -> member.ending().equals(ending));
  }

  private void takeTexts(TarSample other) {
    texts.addAll(other.texts);
    jsons.addAll(other.jsons);
  }

  private static String upToFirstDot(String path) {
    int dot = path.indexOf('.', path.lastIndexOf('/') + 2);
    return dot < 0 ? path : path.substring(0, dot);
  }

  /** Collects samples in the order in which their first members appear. */
  static final class Collector {
    private final List<String> pictureNames;
    private final Predicate<String> isText;
    private final List<TarSample> samples = new ArrayList<>();
    private final Map<String, List<TarSample>> byKey = new HashMap<>();
    private final Map<String, Integer> others = new TreeMap<>();

    /**
     * For one tar.
     *
     * @param pictureNames what may stand behind a picture's dot besides the endings of pictures
     * @param isText whether an ending is that of a caption
     */
    Collector(List<String> pictureNames, Predicate<String> isText) {
      this.pictureNames = pictureNames;
      this.isText = isText;
    }

    /** Adds a member to the last sample of its key, or to a new one. */
    void add(String path, long offset, long size) {
      Member member = new Member(PicturePath.tidy(path), offset, size);
      String tidy = member.path();
      int file = tidy.lastIndexOf('/') + 1;
      int dot = tidy.lastIndexOf('.');
      if (tidy.startsWith("._", file)) {
        return; // what macOS keeps beside a file
      }
      if (dot <= file) {
        others.merge("without an ending", 1, Integer::sum);
        return;
      }
      String ending = member.ending();
      String key = tidy.substring(0, dot);
      if (Endings.isPicture(ending) || PICTURES.contains(ending) || pictureNames.contains(ending)) {
        addPicture(last(key), member);
      } else if (ending.equals("json")) {
        TarSample its = last(key);
        (its.jsons.isEmpty() ? its : another(key)).jsons.add(member);
      } else if (isText.test(ending)) {
        TarSample its = last(key);
        (its.hasOne(its.texts, ending) ? another(key) : its).texts.add(member);
      } else {
        others.merge("." + ending, 1, Integer::sum);
      }
    }

    /** How many members are neither pictures nor texts, by their endings. */
    Map<String, Integer> others() {
      return others;
    }

    /** A picture in a second form, right after the first, is no sample of its own. */
    private void addPicture(TarSample last, Member member) {
      if (last.isPictureOnly()
          && last.picture != null
          && !last.picture.ending().equals(member.ending())) {
        return;
      }
      TarSample its = last.picture == null ? last : another(last.key);
      its.picture = member;
    }

    /** All samples. */
    List<TarSample> samples() {
      Set<TarSample> joined = new HashSet<>();
      shareTexts(joined);
      joinByFirstDot(joined);
      return samples.stream().filter(sample -> !joined.contains(sample)).toList();
    }

    /**
     * A picture without a text that is called {@code x.jpg.chip.jpg} shares that of {@code x.txt},
     * if no other picture is called {@code x}.
     */
    private void shareTexts(Set<TarSample> joined) {
      for (TarSample sample : samples) {
        String key = sample.key;
        for (int dot = lastDot(key); sample.isPictureOnly() && dot > 0; dot = lastDot(key)) {
          key = key.substring(0, dot);
          List<TarSample> texts = byKey.getOrDefault(key, List.of());
          if (texts.size() > sample.copy && texts.get(sample.copy).isTextOnly()) {
            sample.takeTexts(texts.get(sample.copy));
            joined.add(texts.get(sample.copy));
          }
        }
      }
    }

    /**
     * Texts without a picture go to the one picture whose name is the same up to the first dot. Not
     * where several pictures of such a name have texts of their own: there dots are part of names.
     */
    private void joinByFirstDot(Set<TarSample> joined) {
      Map<String, List<TarSample>> groups =
          samples.stream()
              .filter(sample -> !joined.contains(sample))
              .collect(
                  Collectors.groupingBy(
                      sample -> sample.copy + " " + upToFirstDot(sample.key),
                      LinkedHashMap::new,
                      Collectors.toList()));
      boolean dotsInNames =
          groups.values().stream()
              .anyMatch(
                  group ->
                      group.stream().filter(s -> s.picture != null && s.hasTexts()).count() > 1);
      if (!dotsInNames) {
        groups.values().forEach(group -> join(group, joined));
      }
    }

    private void join(List<TarSample> group, Set<TarSample> joined) {
      List<TarSample> texts = group.stream().filter(TarSample::isTextOnly).toList();
      List<TarSample> pictures = group.stream().filter(sample -> sample.picture != null).toList();
      if (texts.isEmpty() || pictures.isEmpty()) {
        return;
      }
      TarSample its = pictures.size() == 1 ? pictures.getFirst() : named(pictures);
      if (its == null && !pictures.stream().allMatch(TarSample::isPictureOnly)) {
        return;
      }
      if (its == null) {
        its = pictures.getFirst();
        its.fault =
            String.format(
                Locale.ROOT,
                "there are %d pictures (%s), and nothing tells which of them its texts belong to:"
                    + " name it in data.columns.image",
                pictures.size(),
                pictures.stream().map(Collector::ofGroup).collect(Collectors.joining(", ")));
      } else if (its.hasTexts() && lastDot(its.key) > 0) {
        return; // a pair by itself, whose name has a dot
      }
      texts.forEach(its::takeTexts);
      joined.addAll(texts);
      for (TarSample other : pictures) {
        if (other != its && other.isPictureOnly()) {
          joined.add(other);
        }
      }
    }

    /** The picture that the user means; null if none of them, or several, have such a name. */
    private @Nullable TarSample named(List<TarSample> pictures) {
      for (String name : pictureNames) {
        List<TarSample> its = pictures.stream().filter(each -> ofGroup(each).equals(name)).toList();
        if (its.size() == 1) {
          return its.getFirst();
        }
      }
      return null;
    }

    /** What stands behind the first dot of a picture's name. */
    private static String ofGroup(TarSample picture) {
      String path = picture.picture == null ? picture.key : picture.picture.path();
      return path.substring(upToFirstDot(path).length() + 1).toLowerCase(Locale.ROOT);
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
