package dev.facet.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.base.Staged;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test ends a process of its own. */
final class EndingTest {
  @TempDir private Path folder;

  /** Stages a file and begins to end, with {@code now} or {@code clean}. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws IOException {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
      Staged staged = Staged.file(Path.of(arguments[1], "half-written"));
      Files.writeString(staged.path(), "text");
      System.out.println("begun");
      System.out.flush();
      if (arguments[0].equals("now")) {
        Ending.now(130);
      }
      Ending.clean(143);
    }
  }

  @Test
  void theProcessEndsWithItsCodeAndRunsNothingOnTheWay() throws Exception {
    assertThat(end("now")).isEqualTo(130);
  }

  @Test
  void nothingHalfWrittenStays() throws Exception {
    assertThat(end("clean")).isEqualTo(143);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  private int end(String how) throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                how,
                folder.toString())
            .redirectErrorStream(true)
            .start();
    try (var out = child.getInputStream()) {
      assertThat(new String(out.readAllBytes(), StandardCharsets.UTF_8).strip()).isEqualTo("begun");
    }
    return child.waitFor();
  }
}
