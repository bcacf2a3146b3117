package dev.facet.cli.config;

import dev.facet.base.FacetException;
import dev.facet.base.FixedOnResume;
import dev.facet.prepare.PrepareSettings;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Whether a config can continue a run that was started with another one. */
public final class Resume {
  private Resume() {}

  /**
   * Checks that nothing differs which makes a run what it is.
   *
   * @param before the config the run was started with
   * @param now the config it is to be continued with
   * @throws FacetException naming every setting that differs
   */
  public static void check(Config before, Config now) {
    List<String> differences = differences(before, now);
    if (!differences.isEmpty()) {
      throw FacetException.usage(
          "cannot resume "
              + now.run().dir()
              + " with other settings:"
              + String.join("", differences)
              + "\nset them back, or start a new run with --set run.dir=...");
    }
  }

  /**
   * Checks that shards that were begun are gone on with in the same way.
   *
   * @param out where they are
   * @throws FacetException naming every setting that differs
   */
  public static void check(PrepareSettings before, PrepareSettings now, Path out) {
    List<String> differences = differences(before, now);
    if (!differences.isEmpty()) {
      throw FacetException.usage(
          "cannot go on in "
              + out
              + " with other settings:"
              + String.join("", differences)
              + "\nset them back, or name another --out");
    }
  }

  private static List<String> differences(Object before, Object now) {
    List<String> differences = new ArrayList<>();
    compare("", before, now, differences);
    return differences;
  }

  private static void compare(String prefix, Object before, Object now, List<String> differences) {
    for (RecordComponent component : before.getClass().getRecordComponents()) {
      Object old = Records.get(before, component);
      Object current = Records.get(now, component);
      Key key = Key.of(prefix, component);
      if (old != null && current != null && key.shape() instanceof Shape.Section) {
        compare(Key.prefix(prefix, component), old, current, differences);
      } else if (component.isAnnotationPresent(FixedOnResume.class)
          && !Objects.equals(old, current)) {
        differences.add(
            "\n  %s was %s, is now %s"
                .formatted(
                    key.path(),
                    ConfigWriter.value(key.shape(), old),
                    ConfigWriter.value(key.shape(), current)));
      }
    }
  }
}
