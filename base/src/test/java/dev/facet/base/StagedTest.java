package dev.facet.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedTest {
  @TempDir Path folder;

  @Test
  void aFileHasItsNameOnlyOnceItIsWhole() throws IOException {
    Path target = folder.resolve("new/report.html");
    try (Staged staged = Staged.file(target)) {
      Files.writeString(staged.path(), "whole");
      assertThat(target).doesNotExist();
      staged.commit();
    }
    assertThat(target).hasContent("whole");
    assertThat(names(folder.resolve("new"))).containsExactly("report.html");
  }

  @Test
  void whatIsNotCommittedLeavesNothingBehind() throws IOException {
    try (Staged staged = Staged.directory(folder.resolve("checkpoint"))) {
      Files.writeString(staged.path().resolve("weights"), "half");
    }
    assertThat(names(folder)).isEmpty();
  }

  @Test
  void aDirectoryReplacesTheOneBefore() throws IOException {
    Path target = folder.resolve("best");
    for (String content : List.of("first", "second")) {
      try (Staged staged = Staged.directory(target)) {
        Files.writeString(staged.path().resolve(content), content);
        staged.commit();
      }
    }
    assertThat(names(target)).containsExactly("second");
    assertThat(names(folder)).containsExactly("best");
  }

  @Test
  void aFullDiskKeepsTheFileOfBefore() throws IOException {
    Configuration small =
        Configuration.unix().toBuilder().setMaxSize(64_000).setBlockSize(1000).build();
    try (FileSystem disk = Jimfs.newFileSystem(small)) {
      Path parent = disk.getPath("/run");
      Path target = parent.resolve("config.yaml");
      Staged.write(target, "before");
      assertThatThrownBy(() -> Staged.write(target, "x".repeat(100_000)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("disk space");
      assertThat(Files.readString(target)).isEqualTo("before");
      assertThat(names(parent)).containsExactly("config.yaml");
    }
  }

  @Test
  void whatLiesInFoldersWithinIsForcedToo() throws IOException {
    try (FileSystem disk = Jimfs.newFileSystem(Configuration.unix())) {
      Path run = disk.getPath("/run");
      Files.createDirectories(run.resolve("adapter"));
      Files.writeString(run.resolve("adapter/weights"), "a");
      Files.writeString(run.resolve("config"), "b");
      assertThat(Staged.deepestFirst(run))
          .containsExactlyInAnyOrder(
              run, run.resolve("config"), run.resolve("adapter"), run.resolve("adapter/weights"))
          .containsSubsequence(run.resolve("adapter/weights"), run.resolve("adapter"), run);
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }
}
