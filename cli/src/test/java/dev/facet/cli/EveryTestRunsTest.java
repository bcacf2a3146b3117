package dev.facet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * No test of any room skips. What a plain checkout cannot show carries a tag, which its profile
 * turns on; then it fails where it lacks something.
 */
final class EveryTestRunsTest {
  /** JUnit's and AssertJ's ways to pass over a test. */
  private static final Pattern SKIPPING =
      Pattern.compile(
          "Assumptions|\\bassum(e|ing)[A-Z]\\w*\\(|TestAborted|@Disabled|@Enabled|ExecutionCondition");

  private static final Pattern OUTSIDE = Pattern.compile("facet\\.shared|\\.\\./shared");
  private static final Pattern KIT = Pattern.compile("(?m)^@Tag\\(\"kit\"\\)$");

  /** The text of every source file of the tests, this one aside. */
  private final Map<Path, String> sources = new TreeMap<>();

  @BeforeEach
  void read() throws IOException {
    try (Stream<Path> rooms = Files.list(Path.of(".."))) {
      for (Path tests : rooms.map(room -> room.resolve("src/test/java")).toList()) {
        if (Files.isDirectory(tests)) {
          read(tests);
        }
      }
    }
    assertThat(sources).hasSizeGreaterThan(100);
    assertThat(sources.keySet().removeIf(file -> file.endsWith("EveryTestRunsTest.java"))).isTrue();
  }

  private void read(Path tests) throws IOException {
    try (Stream<Path> files = Files.walk(tests)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        sources.put(file, Files.readString(file));
      }
    }
  }

  @Test
  void noTestSkips() {
    assertThat(sources)
        .allSatisfy((file, text) -> assertThat(text).doesNotContainPattern(SKIPPING));
  }

  @Test
  void filesOutsideTheRepositoryAreForTheProfileKit() {
    assertThat(sources)
        .allSatisfy(
            (file, text) -> {
              if (OUTSIDE.matcher(text).find()) {
                assertThat(text).containsPattern(KIT);
              }
            });
  }
}
