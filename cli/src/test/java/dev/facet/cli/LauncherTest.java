package dev.facet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/facet} in a copy of the repository's layout, with JDKs and a Maven made of shell. */
final class LauncherTest {
  /** Says how it was called, one argument in a line; as a cache maker it makes the cache. */
  private static final String JAVA =
      """
      #!/bin/bash
      for a in "$@"; do
        case $a in
          -XX:AOTCacheOutput=*) echo cache > "${a#*=}"; exit 0 ;;
        esac
      done
      printf '%s\\n' "JDK $0" "$@"
      exit 7
      """;

  private static final String MAVEN =
      """
      #!/bin/bash
      echo "maven was here"
      echo "[INFO] Building Facet loader 0.1.0-SNAPSHOT           [4/9]"
      echo "[INFO] Downloading from central: https://a.example/org/some/1.2/some-1.2.pom"
      echo "[INFO] Downloading from central: https://a.example/org/some/1.2/some-1.2.jar"
      [[ -e broken ]] && exit 1
      mkdir -p cli/target/facet/lib
      echo jar > cli/target/facet/lib/facet-cli.jar
      """;

  private record Result(int exitCode, String out, String err) {}

  @TempDir private Path folder;

  private final Map<String, String> environment = new HashMap<>();
  private Path root = Path.of("");
  private Path jar = Path.of("");

  @BeforeEach
  void aRepositoryInAFolderWithABlank() throws IOException {
    root = folder.toRealPath().resolve("my facet");
    jar = root.resolve("cli/target/facet/lib/facet-cli.jar");
    Files.createDirectories(root.resolve("cli/src/main"));
    executable(root.resolve("bin/facet"), Files.readString(Path.of("../bin/facet")));
    Files.createDirectories(folder.resolve("path"));
    for (String tool :
        List.of("dirname", "readlink", "find", "mktemp", "cat", "rm", "mv", "mkdir")) {
      Files.createSymbolicLink(folder.resolve("path").resolve(tool), tool(tool));
    }
    environment.put("PATH", folder.resolve("path").toString());
    environment.put("FACET_JDK_FOLDERS", folder.resolve("jdks").toString());
  }

  @Test
  void withoutAJdkItSaysWhatToInstall() throws Exception {
    Result result = facet("--help");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("facet: needs a JDK 25 or newer; install one");
  }

  @Test
  void aJdkThatIsTooOldIsNamed() throws Exception {
    Path old = jdk("jdks/old", "17.0.15");
    environment.put("JAVA_HOME", old.toString());
    Result result = facet("--help");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("Found only:").contains("17.0.15 in " + old);
  }

  @Test
  void theJdkOfJavaHomeIsTakenFirstThenThatOnThePathThenAnInstalledOne() throws Exception {
    build();
    Path installed = jdk("jdks/new", "26");
    jdk("jdks/a", "1.8.0");
    assertThat(facet().out()).contains("JDK " + installed);
    Path onPath = jdk("elsewhere", "25.0.3");
    Files.createSymbolicLink(folder.resolve("path/java"), onPath.resolve("bin/java"));
    assertThat(facet().out()).contains("JDK " + onPath);
    Path home = jdk("home", "25");
    environment.put("JAVA_HOME", home.toString());
    assertThat(facet().out()).contains("JDK " + home);
  }

  @Test
  void argumentsAndExitCodePassThroughUnchanged() throws Exception {
    build();
    jdk("jdks/new", "25");
    environment.put("FACET_JAVA_OPTS", "-Xmx8g -Da=b");
    Result result = facet("train", "--config", "a b.yaml", "--set", "x=*");
    assertThat(result.exitCode()).isEqualTo(7);
    assertThat(result.out())
        .contains("-Dai.djl.offline=true\n")
        .contains("-Xmx8g\n-Da=b\n")
        .endsWith("-jar\n" + jar + "\ntrain\n--config\na b.yaml\n--set\nx=*\n");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void itWorksThroughASymbolicLinkFromAnotherFolder() throws Exception {
    build();
    jdk("jdks/new", "25");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("my facet/bin/facet"));
    assertThat(start(link).out()).contains("-jar\n" + jar);
  }

  @Test
  void theFirstRunBuildsAndSaysSo() throws Exception {
    jdk("jdks/new", "25");
    assertThat(facet().err()).contains("is not built yet, and building needs Maven");
    executable(folder.resolve("path/mvn"), MAVEN);
    Result result = facet();
    assertThat(result.err())
        .startsWith("facet: building for the first time")
        .contains("facet: building loader, part 4 of 9\n")
        .contains("s\n")
        .doesNotContain("maven was");
    assertThat(result.out()).contains("-jar\n" + jar);
    assertThat(facet().err()).isEmpty();
  }

  @Test
  void aFailedBuildShowsWhy() throws Exception {
    jdk("jdks/new", "25");
    executable(folder.resolve("path/mvn"), MAVEN);
    Files.createFile(root.resolve("broken"));
    Result result = facet();
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("maven was here").contains("could not be built");
  }

  @Test
  void sourcesNewerThanTheBuildAreMentioned() throws Exception {
    build();
    jdk("jdks/new", "25");
    Path source = Files.createFile(root.resolve("cli/src/main/A.java"));
    Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH.plusSeconds(1_000_000)));
    Result result = facet();
    assertThat(result.exitCode()).isEqualTo(7);
    assertThat(result.err())
        .contains("sources are newer than the build (" + root.relativize(source) + ")");
    assertThat(result.err().lines()).hasSize(1);
  }

  @Test
  void theStartUpCacheIsMadeOnceAndUsed() throws Exception {
    build();
    jdk("jdks/new", "25");
    Path cache = root.resolve("cli/target/facet/facet.aot");
    assertThat(facet().out()).contains("-XX:AOTCache=" + cache + "\n");
    FileTime made = Files.getLastModifiedTime(cache);
    assertThat(facet().out()).contains("-XX:AOTCache=" + cache + "\n");
    assertThat(Files.getLastModifiedTime(cache)).isEqualTo(made);
  }

  private void build() throws IOException {
    Files.createDirectories(jar.resolveSibling(""));
    Files.writeString(jar, "jar");
  }

  private Path jdk(String place, String version) throws IOException {
    Path home = folder.toRealPath().resolve(place);
    executable(home.resolve("bin/java"), JAVA);
    Files.writeString(home.resolve("release"), "A=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private Result facet(String... arguments) throws Exception {
    return start(root.resolve("bin/facet"), arguments);
  }

  private Result start(Path launcher, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("/bin/bash", launcher.toString()));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    int exitCode = builder.start().waitFor();
    return new Result(exitCode, Files.readString(out), Files.readString(err));
  }

  private static void executable(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path tool(String name) {
    return Stream.of("/bin", "/usr/bin")
        .map(place -> Path.of(place, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }
}
