package dev.facet.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever follows a message, a help text or a page finds the setting that it names. */
final class NamedSettingsTest {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> MODULES =
      List.of(
          "base", "augment", "loader", "model", "eval", "train", "prepare", "cli", "bench",
          "spark");

  /** Literals and text blocks; comments are skipped, as they may hold quotes. */
  private static final Pattern JAVA =
      Pattern.compile(
          "//[^\n]*|/\\*.*?\\*/|'(?:\\\\.|[^'\\\\])+'"
              + "|\"\"\"(?<block>(?:\\\\.|.)*?)\"\"\"|\"(?<literal>(?:\\\\.|[^\"\\\\])*)\"",
          Pattern.DOTALL);

  private static final Pattern DOTTED =
      Pattern.compile(
          "(?<![\\w./-])(?:run|data|augment|model|train|eval"
              + "|source|fetch|decode|crop|filter|duplicates|split|captions|shards"
              + ")(?:\\.[a-z][a-z0-9_]*)+");

  private static final Pattern SNAKE =
      Pattern.compile("(?<![\\w./`'{-])[a-z]+(?:_[a-z0-9]+)+(?![\\w`'(])");

  /** What is a file, or another program's name. */
  private static final Set<String> FILE_ENDINGS =
      Set.of(
          "json",
          "jsonl",
          "yaml",
          "html",
          "png",
          "tar",
          "pkl",
          "safetensors",
          "parquet",
          "txt",
          "py",
          "bin",
          "f32");

  /** Names in the files that {@code facet parity} reads, and a call of PyTorch's. */
  private static final Set<String> OTHERS =
      Set.of("train.alpha", "train.after", "train.loss_ita", "train.loss_itm", "model.state_dict");

  /** One text that people read, and where it stands. */
  private record Said(Path file, String text) {}

  @Test
  void everySettingThatIsNamedExists() throws IOException {
    List<Said> all = new ArrayList<>(said(MODULES));
    all.addAll(pages());
    Set<String> unknown = new TreeSet<>();
    int known = 0;
    for (Said said : all) {
      Matcher words = DOTTED.matcher(said.text);
      while (words.find()) {
        if (exists(words.group())) {
          known++;
        } else if (!isNoSetting(words.group())) {
          unknown.add(said.file + ": " + words.group());
        }
      }
    }
    assertThat(unknown).isEmpty();
    assertThat(known).isGreaterThan(300);
  }

  @Test
  void settingsAreNamedWithTheirSection() throws IOException {
    Set<String> names =
        Stream.of(Defaults.values())
            .flatMap(defaults -> defaults.keys().all().keySet().stream())
            .map(Keys::name)
            .collect(Collectors.toSet());
    // Messages of "model" speak of the keys in other programs' files, some of the same names.
    Set<String> bare = new TreeSet<>();
    for (Said said : said(List.of("augment", "loader", "eval", "train", "prepare", "cli"))) {
      bare(said, bare, names::contains);
    }
    assertThat(bare).isEmpty();
  }

  /** These modules know nothing else that is spelled like this, but in quotes. */
  @Test
  void whatIsSpelledLikeASettingIsOne() throws IOException {
    Set<String> bare = new TreeSet<>();
    for (Said said : said(List.of("loader", "eval", "train", "prepare"))) {
      bare(said, bare, name -> true);
    }
    assertThat(bare).isEmpty();
  }

  private static void bare(Said said, Set<String> found, Predicate<String> isMeant) {
    if (said.text.contains(" ")) { // else it is a key of some file
      SNAKE
          .matcher(said.text)
          .results()
          .map(word -> word.group())
          .filter(isMeant)
          .forEach(word -> found.add(said.file + ": " + word + " in \"" + said.text + "\""));
    }
  }

  private static boolean exists(String path) {
    return Stream.of(Defaults.values())
        .map(Defaults::keys)
        .anyMatch(keys -> keys.all().containsKey(path) || keys.sections().contains(path));
  }

  private static boolean isNoSetting(String word) {
    String[] parts = word.split("\\.", -1);
    boolean isFile = FILE_ENDINGS.contains(parts[parts.length - 1]);
    boolean isPackage =
        MODULES.stream()
            .anyMatch(
                module ->
                    Files.isDirectory(
                        REPOSITORY
                            .resolve(module)
                            .resolve("src/main/java/dev/facet")
                            .resolve(word.replace('.', '/'))));
    return isFile || isPackage || OTHERS.contains(word);
  }

  /** What the program says: the texts in its sources, whole sentences as far as they are joined. */
  private static List<Said> said(List<String> modules) throws IOException {
    List<Said> all = new ArrayList<>();
    for (String module : modules) {
      for (Path file : files(REPOSITORY.resolve(module).resolve("src/main/java"), ".java")) {
        Matcher tokens = JAVA.matcher(Files.readString(file));
        while (tokens.find()) {
          if (tokens.group("literal") != null) {
            all.add(new Said(REPOSITORY.relativize(file), tokens.group("literal")));
          }
        }
      }
    }
    assertThat(all).isNotEmpty();
    return all;
  }

  private static List<Said> pages() throws IOException {
    List<Path> pages = new ArrayList<>(files(REPOSITORY.resolve("docs"), ".md"));
    pages.addAll(files(REPOSITORY.resolve("configs"), ".yaml"));
    pages.add(REPOSITORY.resolve("README.md"));
    pages.add(REPOSITORY.resolve("CONTRIBUTING.md"));
    pages.addAll(files(REPOSITORY.resolve("cli/src/main/resources/dev/facet/cli/config"), ".yaml"));
    List<Said> all = new ArrayList<>();
    for (Path page : pages) {
      all.add(new Said(REPOSITORY.relativize(page), Files.readString(page)));
    }
    return all;
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
