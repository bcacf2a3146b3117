package dev.facet.loader.source;

import dev.facet.loader.files.Endings;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The texts of the pictures in a folder. That of {@code a.jpg} is called {@code a.txt}, {@code
 * a.text}, {@code a.caption} or {@code a.json}, or {@code a.jpg.txt} and so on, with its ending in
 * upper or lower case; it lies beside the picture, or, where the picture is below a folder {@code
 * images}, in the same place below {@code text} or {@code captions} beside that.
 */
final class SidecarTexts {
  static final String JSON = "json";

  private static final Set<String> PICTURE_FOLDERS = Set.of("images", "image", "imgs", "img");
  private static final List<String> TEXT_FOLDERS =
      List.of("text", "texts", "captions", "caption", "txt");

  /** Full paths, by their names with the ending in lower case; those beside the pictures first. */
  private final Map<String, Path> texts = new HashMap<>();

  /** Texts in a folder of pictures, and in the one that may belong to it. */
  static SidecarTexts of(Path root, Path folder) throws IOException {
    SidecarTexts texts = new SidecarTexts();
    Path apart = apart(root, folder);
    if (apart != null) {
      texts.addAll(apart);
    }
    texts.addAll(folder);
    return texts;
  }

  /** Whether a file's name may be that of a text. */
  static boolean isText(String ending) {
    return TextObject.ENDINGS.contains(ending) || ending.equals(JSON);
  }

  /** Whether a picture has a text, without listing the folder. */
  static boolean exist(Path root, Path picture) {
    Path folder = picture.resolveSibling("");
    Path apart = apart(root, folder);
    Function<String, @Nullable Path> find =
        name -> {
          for (Path each : apart == null ? List.of(folder) : List.of(folder, apart)) {
            for (String ending : written(Endings.of(name))) {
              Path text = each.resolve(Endings.stem(name) + "." + ending);
              if (Files.isRegularFile(text)) {
                return text;
              }
            }
          }
          return null;
        };
    String name = String.valueOf(picture.getFileName());
    return plain(name, find) != null || named(name, JSON, find) != null;
  }

  /** The folder with the texts of the pictures in another one; null if there is none. */
  static @Nullable Path apart(Path root, Path folder) {
    Path below = root.relativize(folder);
    for (int i = below.getNameCount() - 1; i >= 0; i--) {
      String name = String.valueOf(below.getName(i));
      if (!PICTURE_FOLDERS.contains(name.toLowerCase(Locale.ROOT))) {
        continue;
      }
      Path beside = i == 0 ? root : root.resolve(below.subpath(0, i));
      for (String each : TEXT_FOLDERS) {
        for (String written : written(each)) {
          Path texts = beside.resolve(written);
          Path same =
              i + 1 == below.getNameCount()
                  ? texts
                  : texts.resolve(below.subpath(i + 1, below.getNameCount()));
          if (Files.isDirectory(same)) {
            return same;
          }
        }
      }
    }
    return null;
  }

  /** The plain text of a picture; null if it has none. */
  @Nullable Path plain(String picture) {
    return plain(picture, texts::get);
  }

  /** The JSON of a picture; null if it has none. */
  @Nullable Path json(String picture) {
    return named(picture, JSON, texts::get);
  }

  private static @Nullable Path plain(String picture, Function<String, @Nullable Path> find) {
    for (String ending : TextObject.ENDINGS) {
      Path found = named(picture, ending, find);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static @Nullable Path named(
      String picture, String ending, Function<String, @Nullable Path> find) {
    Path own = find.apply(picture + "." + ending);
    return own != null ? own : find.apply(Endings.stem(picture) + "." + ending);
  }

  private void addAll(Path folder) throws IOException {
    try (DirectoryStream<Path> names = Files.newDirectoryStream(folder)) {
      for (Path each : names) {
        String name = String.valueOf(each.getFileName());
        String ending = Endings.of(name);
        if (!isText(ending)) {
          continue;
        }
        String key = Endings.stem(name) + "." + ending;
        // Of two that differ in case the usual one counts, wherever the listing has it.
        if (key.equals(name) || !isBeside(texts.get(key), folder)) {
          texts.put(key, each);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static boolean isBeside(@Nullable Path text, Path folder) {
    return text != null && folder.equals(text.getParent());
  }

  /** The ways in which people write a word of a file's name. */
  private static List<String> written(String word) {
    String upper = word.toUpperCase(Locale.ROOT);
    return List.of(word, upper, upper.charAt(0) + word.substring(1));
  }
}
