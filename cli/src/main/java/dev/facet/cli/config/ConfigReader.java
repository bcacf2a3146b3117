package dev.facet.cli.config;

import dev.facet.base.FacetException;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lays the sources of settings over each other and builds the records from what results. */
final class ConfigReader {
  /** Stands for the name of the config file in {@code run.dir} and {@code run.name}. */
  private static final String CONFIG_NAME = "{config}";

  private final Problems problems = new Problems();
  private final Map<String, GivenSettings.Value> defaults =
      GivenSettings.of("defaults.yaml", Defaults.text(), problems);
  private final Map<String, GivenSettings.Value> values = new HashMap<>();

  /** Settings whose value could not be used, and that hold a stand-in. */
  private final Set<String> unusable = new HashSet<>();

  private final String name;

  private ConfigReader(String name) {
    this.name = name;
  }

  /** What a config is read for; each use checks what the one before it does. */
  enum Use {
    SETTINGS,
    DATA,
    TRAINING
  }

  static Config read(@Nullable Path file, List<Assignment> assignments, Use use) {
    ConfigReader reader = new ConfigReader(file == null ? "facet" : stem(file));
    Config config = reader.read(use, file, assignments);
    reader.problems.throwIfAny();
    return config;
  }

  static CheckedConfig check(@Nullable Path file, List<Assignment> assignments, Use use) {
    ConfigReader reader = new ConfigReader(file == null ? "facet" : stem(file));
    Config config = reader.read(use, file, assignments);
    return new CheckedConfig(config, reader.problems.texts(), reader.problems.settings());
  }

  private Config read(Use use, @Nullable Path file, List<Assignment> assignments) {
    problems.throwIfAny();
    values.putAll(defaults);
    if (file != null) {
      values.putAll(GivenSettings.of(file.toString(), text(file), problems));
    }
    for (Assignment assignment : assignments) {
      values.putAll(GivenSettings.of(assignment, problems));
    }
    Config config = (Config) section("", Config.class);
    Combinations.model(config.model(), this::combination);
    Combinations.augment(config, this::combination);
    if (use.compareTo(Use.DATA) >= 0) {
      Combinations.data(config.data(), this::combination);
    }
    if (use == Use.TRAINING) {
      Combinations.training(config, this::combination);
    }
    return config;
  }

  /** All settings where nothing is said. */
  static Config defaults() {
    ConfigReader reader = new ConfigReader("facet");
    reader.values.putAll(reader.defaults);
    return (Config) reader.section("", Config.class);
  }

  private Object section(String prefix, Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      Key key = Key.of(prefix, components[i]);
      arguments[i] =
          key.shape() instanceof Shape.Section(Class<?> part)
              ? section(Key.prefix(prefix, components[i]), part)
              : setting(key);
    }
    return Records.make(type, arguments);
  }

  private @Nullable Object setting(Key key) {
    try {
      Object value = ValueReader.read(key, value(values, key.path()));
      return switch (value) {
        case String text -> text.replace(CONFIG_NAME, name);
        case Path path -> Path.of(path.toString().replace(CONFIG_NAME, name));
        case null, default -> value;
      };
    } catch (Mismatch e) {
      unusable.add(key.path());
      problems.addAll(key.path(), e.problems());
      return standIn(key, value(defaults, key.path()));
    }
  }

  /** A usable value in place of a wrong one, so that the rest can be checked as well. */
  private static @Nullable Object standIn(Key key, GivenSettings.Value standard) {
    try {
      return ValueReader.read(key, standard);
    } catch (Mismatch e) {
      throw new IllegalStateException("defaults.yaml: " + e.getMessage(), e);
    }
  }

  private void combination(List<String> keys, String message) {
    if (keys.stream().noneMatch(unusable::contains)) {
      String first = keys.getFirst();
      GivenSettings.Value given = value(values, first);
      problems.add(
          given.equals(defaults.get(first)) ? Origin.option(first) : given.where(), first, message);
    }
  }

  private static GivenSettings.Value value(Map<String, GivenSettings.Value> values, String path) {
    GivenSettings.Value value = values.get(path);
    if (value == null) {
      throw new IllegalStateException("defaults.yaml lacks " + path);
    }
    return value;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (MalformedInputException e) {
      throw FacetException.usage(file + " is not UTF-8 text: save it as UTF-8");
    } catch (IOException e) {
      String why = Files.isDirectory(file) ? "is a folder" : "cannot be read";
      throw FacetException.usage(
          "config file "
              + file
              + (Files.exists(file) ? " " + why : " does not exist")
              + ": give a YAML file; \"facet config\" prints one with every setting");
    }
  }

  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
