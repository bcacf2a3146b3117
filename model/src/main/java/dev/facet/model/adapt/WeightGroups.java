package dev.facet.model.adapt;

import ai.djl.nn.Parameter;
import dev.facet.base.FacetException;
import dev.facet.model.DualEncoder;
import dev.facet.model.training.WeightRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which weights of a model follow which group's rule: the first one that matches. */
public final class WeightGroups {
  private static final String SETTING = "train.groups";

  private WeightGroups() {}

  /**
   * The rules by name of the weight; what no group matches has none.
   *
   * @param model of which it is decided what learns
   * @param peak learning rate of the run
   * @throws FacetException where a pattern matches no weight that learns, or a group changes none
   */
  public static Map<String, WeightRule> of(
      DualEncoder model, List<WeightGroup> groups, double peak) {
    Map<String, Parameter> trained = new LinkedHashMap<>();
    for (Parameter each : model.getParameters().values()) {
      if (each.requiresGradient()) {
        trained.put(each.getName(), each);
      }
    }
    Map<String, WeightRule> rules = new LinkedHashMap<>();
    for (int i = 0; i < groups.size(); i++) {
      WeightGroup group = groups.get(i);
      String setting = SETTING + "[" + i + "].match";
      Set<String> names = matching(model, trained.keySet(), group, setting);
      names.removeAll(rules.keySet());
      if (names.isEmpty()) {
        throw FacetException.usage(
            setting
                + " is left with nothing, as groups before it match all that it does: the first"
                + " match counts, so put the narrower group first");
      }
      if (group.weightDecay() != null
          && names.stream().noneMatch(name -> isMatrix(trained.get(name)))) {
        throw FacetException.usage(
            SETTING
                + "["
                + i
                + "].weight_decay has no effect: only matrices decay, and none of "
                + String.join(", ", names.stream().limit(3).toList())
                + " is one; leave it out");
      }
      names.forEach(name -> rules.put(name, group.rule(peak)));
    }
    return rules;
  }

  private static boolean isMatrix(@Nullable Parameter weight) {
    return weight != null && weight.getShape().dimension() >= 2;
  }

  private static Set<String> matching(
      DualEncoder model, Set<String> trained, WeightGroup group, String setting) {
    Set<String> found = new LinkedHashSet<>();
    List<String> globs = new ArrayList<>();
    for (String each : group.match()) {
      ModelPart part = ModelPart.of(each);
      if (part == null) {
        globs.add(each);
        continue;
      }
      Set<String> names =
          part.parameters(model)
              .map(Parameter::getName)
              .filter(trained::contains)
              .collect(Collectors.toCollection(LinkedHashSet::new));
      if (names.isEmpty()) {
        throw FacetException.usage(
            setting + " names " + each + ", of which nothing learns in this run: leave it out");
      }
      found.addAll(names);
    }
    List<String> known = new ArrayList<>(trained);
    known.addAll(ModelPart.names());
    found.addAll(NamePattern.matching(globs, known, setting, "weights that learn"));
    found.retainAll(trained);
    return found;
  }
}
