package dev.facet.cli.config;

import dev.facet.base.FacetException;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Lays the sources of settings over each other and builds the records from what results. */
final class ConfigReader {
  /** Stands for the name of the config file in {@code run.dir} and {@code run.name}. */
  private static final String CONFIG_NAME = "{config}";

  private final Problems problems = new Problems();
  private final Defaults reference;
  private final Map<String, GivenSettings.Value> defaults;
  private final Map<String, GivenSettings.Value> values;

  /** Settings whose value could not be used, and that hold a stand-in. */
  private final Set<String> unusable = new HashSet<>();

  private final String name;

  /**
   * Lays the defaults, then the file, then the assignments over each other.
   *
   * @param file a YAML file, or null for the defaults alone
   */
  ConfigReader(Defaults reference, @Nullable Path file, List<Assignment> assignments) {
    this.reference = reference;
    this.name = file == null ? "facet" : stem(file);
    Keys keys = reference.keys();
    this.defaults = GivenSettings.of(keys, reference.file(), reference.text(), problems);
    problems.throwIfAny();
    this.values = new HashMap<>(defaults);
    if (file != null) {
      values.putAll(GivenSettings.of(keys, file.toString(), text(file), problems));
    }
    for (Assignment assignment : assignments) {
      values.putAll(GivenSettings.of(keys, assignment, problems));
    }
  }

  /** The settings that result, with stand-ins for what cannot be used. */
  Object settings() {
    return section("", reference.root());
  }

  /** What is wrong with them, as far as it was looked for. */
  Problems problems() {
    return problems;
  }

  private Object section(String prefix, Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] arguments = new Object[components.length];
    Map<Integer, Key> settings = new TreeMap<>();
    for (int i = 0; i < components.length; i++) {
      Key key = Key.of(prefix, components[i]);
      if (key.shape() instanceof Shape.Section(Class<?> part)) {
        arguments[i] = section(Key.prefix(prefix, components[i]), part);
      } else {
        settings.put(i, key);
        arguments[i] = setting(key);
      }
    }
    try {
      return Records.make(type, arguments);
    } catch (FacetException e) {
      blame(settings.values(), String.valueOf(e.getMessage()));
      settings.forEach((i, key) -> arguments[i] = standIn(key));
      return Records.make(type, arguments);
    }
  }

  /** What a section refuses as a whole is put down to the setting that its message names. */
  private void blame(Collection<Key> settings, String message) {
    for (Key key : settings) {
      if (message.contains(key.path())) {
        unusable.add(key.path());
        problems.add(value(values, key.path()).where(), key.path(), message);
        return;
      }
    }
    throw new IllegalStateException("no setting is named in: " + message);
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
      return standIn(key);
    }
  }

  /** A usable value in place of a wrong one, so that the rest can be checked as well. */
  private @Nullable Object standIn(Key key) {
    try {
      return ValueReader.read(key, value(defaults, key.path()));
    } catch (Mismatch e) {
      throw new IllegalStateException(reference.file() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Settings that do not go together.
   *
   * @param keys the one to blame first
   */
  void combination(List<String> keys, String message) {
    if (keys.stream().noneMatch(unusable::contains)) {
      String first = keys.getFirst();
      GivenSettings.Value given = value(values, first);
      problems.add(
          given.equals(defaults.get(first)) ? Origin.option(first) : given.where(), first, message);
    }
  }

  private GivenSettings.Value value(Map<String, GivenSettings.Value> values, String path) {
    GivenSettings.Value value = values.get(path);
    if (value == null) {
      throw new IllegalStateException(reference.file() + " lacks " + path);
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
