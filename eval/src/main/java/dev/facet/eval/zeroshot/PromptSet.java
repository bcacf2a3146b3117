package dev.facet.eval.zeroshot;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.eval.label.Labels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Attributes with prompts for each of their classes, read from a JSON file:
 *
 * <pre>
 * {"templates": ["a photo of {}.", "a portrait of {}."],
 *  "attributes": [
 *    {"name": "Smiling", "positive": ["a smiling person"], "negative": ["a person with a straight face"]},
 *    {"name": "hair", "label": "hair_colour", "classes": [
 *       {"name": "blond", "prompts": ["a person with blond hair"]},
 *       {"name": "black", "values": ["black", "dark"], "prompts": ["a person with black hair"]}]}]}
 * </pre>
 *
 * @param name of the file, or of a set that comes with the program
 */
public record PromptSet(String name, List<Attribute> attributes) {
  /** Sets that come with the program. */
  private static final Set<String> SHIPPED = Set.of("celeba");

  private static final String PLACE = "{}";
  private static final List<String> POSITIVE = List.of("1", "true", "yes");
  private static final List<String> NEGATIVE = List.of("-1", "0", "false", "no");

  /** The file; what it leaves out is null. */
  private record Content(
      @Nullable List<@Nullable String> templates, @Nullable List<@Nullable Entry> attributes) {}

  /** An attribute there. */
  private record Entry(
      @Nullable String name,
      @Nullable String label,
      @Nullable List<@Nullable String> positive,
      @Nullable List<@Nullable String> negative,
      @JsonProperty("positive_values") @Nullable List<@Nullable String> positiveValues,
      @JsonProperty("negative_values") @Nullable List<@Nullable String> negativeValues,
      @Nullable List<@Nullable ClassEntry> classes) {}

  /** A class there. */
  private record ClassEntry(
      @Nullable String name,
      @Nullable List<@Nullable String> values,
      @Nullable List<@Nullable String> prompts) {}

  /**
   * Opens one.
   *
   * @param where a JSON file, or the name of a set that comes with the program: {@code celeba}
   * @throws FacetException naming what is wrong with it
   */
  public static PromptSet open(Path where) throws IOException {
    String name = where.toString();
    if (Files.isRegularFile(where)) {
      return of(name, Json.read(where, Content.class));
    }
    if (!SHIPPED.contains(name)) {
      throw FacetException.usage(
          "%s is no file of prompts, and none that comes with facet, which has %s: correct the path"
              .formatted(name, String.join(", ", SHIPPED)));
    }
    try (InputStream in = PromptSet.class.getResourceAsStream(name + ".json")) {
      return of(name, Json.LINE.readValue(Objects.requireNonNull(in), Content.class));
    }
  }

  private static PromptSet of(String name, Content content) {
    List<@Nullable Entry> entries = content.attributes;
    if (entries == null || entries.isEmpty()) {
      throw refuse(name, "it has no attributes");
    }
    List<String> templates =
        content.templates == null
            ? List.of(PLACE)
            : texts(name, "templates", content.templates, "template");
    for (String template : templates) {
      if (!template.contains(PLACE)) {
        throw refuse(name, "the template \"%s\" has no place for a prompt, {}".formatted(template));
      }
    }
    Set<String> names = new HashSet<>();
    List<Attribute> attributes = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry == null || entry.name == null || entry.name.isBlank()) {
        throw refuse(name, String.format(Locale.ROOT, "attribute %d has no name", i + 1));
      }
      if (!names.add(entry.name)) {
        throw refuse(name, "the attribute %s is there twice".formatted(entry.name));
      }
      attributes.add(
          new Attribute(
              entry.name,
              entry.label == null ? entry.name : entry.label,
              classes(name, entry.name, entry, templates)));
    }
    return new PromptSet(name, List.copyOf(attributes));
  }

  private static List<PromptClass> classes(
      String file, String attribute, Entry entry, List<String> templates) {
    boolean two = entry.positive != null || entry.negative != null;
    if (two == (entry.classes != null)) {
      throw refuse(
          file,
          "%s has to have either positive and negative prompts, or classes".formatted(attribute));
    }
    List<ClassEntry> entries = new ArrayList<>();
    if (two) {
      entries.add(
          new ClassEntry(
              "positive",
              Objects.requireNonNullElse(entry.positiveValues, POSITIVE),
              entry.positive));
      entries.add(
          new ClassEntry(
              "negative",
              Objects.requireNonNullElse(entry.negativeValues, NEGATIVE),
              entry.negative));
    } else {
      for (ClassEntry each : Objects.requireNonNull(entry.classes)) {
        if (each == null || each.name == null || each.name.isBlank()) {
          throw refuse(file, "a class of %s has no name".formatted(attribute));
        }
        entries.add(each);
      }
    }
    if (entries.size() < 2) {
      throw refuse(file, "%s has fewer than two classes to choose from".formatted(attribute));
    }
    List<PromptClass> classes = new ArrayList<>();
    for (ClassEntry each : entries) {
      String name = Objects.requireNonNull(each.name);
      String what = attribute + ", " + name;
      List<String> values =
          each.values == null ? List.of(name) : texts(file, what, each.values, "value");
      List<String> prompts =
          texts(file, what, Objects.requireNonNullElse(each.prompts, List.of()), "prompt");
      PromptClass made =
          new PromptClass(
              name,
              values,
              templates.stream()
                  .flatMap(t -> prompts.stream().map(prompt -> t.replace(PLACE, prompt)))
                  .toList());
      for (PromptClass other : classes) {
        if (other.name().equals(name) || values.stream().anyMatch(other::has)) {
          throw refuse(
              file,
              "two classes of %s have the same name or value: %s and %s"
                  .formatted(attribute, other.name(), name));
        }
      }
      classes.add(made);
    }
    return List.copyOf(classes);
  }

  private static List<String> texts(
      String file, String of, List<@Nullable String> given, String kind) {
    if (given.isEmpty()) {
      throw refuse(file, "%s has no %s".formatted(of, kind));
    }
    List<String> texts = new ArrayList<>();
    for (String text : given) {
      if (text == null || text.isBlank()) {
        throw refuse(file, "%s has an empty %s".formatted(of, kind));
      }
      texts.add(text.strip());
    }
    return texts;
  }

  private static FacetException refuse(String file, String why) {
    return FacetException.usage(
        "%s: %s; docs/evaluation.md shows how prompts are written".formatted(file, why));
  }

  /** The labels that have the truth. */
  public List<String> labels() {
    return attributes.stream().map(Attribute::label).distinct().toList();
  }

  /**
   * Refuses labels with values that stand for no class, before anything is scored.
   *
   * @throws FacetException naming the first
   */
  public void requireValues(List<Labels> labels) {
    attributes.forEach(each -> each.requireValues(labels));
  }
}
