package dev.facet.loader.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageExceptionTest {
  private static final Path FILE = Path.of("/data/a.jpg");

  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource({
    "Too many open files,EMFILE,ulimit -n",
    "Too many open files in system,ENFILE,end some",
    "Cannot allocate memory,ENOMEM,memory",
    "Input/output error,EIO,check the disk",
    "Stale file handle,ESTALE,mount it again",
    "Transport endpoint is not connected,ENOTCONN,mount it again",
    "Some words of another language,Some words,check the disk"
  })
  void aFailingMachineIsNamedWithItsCure(String words, String name, String cure) {
    for (IOException failure :
        List.of(new FileSystemException(FILE.toString(), null, words), new IOException(words))) {
      assertThat(StorageException.of(FILE, failure))
          .hasMessageContainingAll("/data/a.jpg cannot be read", name, cure);
    }
  }

  @Test
  void whatOneFileIsToBlameForIsNotTheMachinesFault() {
    for (IOException failure :
        List.of(
            new NoSuchFileException("a"),
            new AccessDeniedException("a"),
            new EOFException("a"),
            new ClosedByInterruptException(),
            new FileSystemException("a", null, "Not a directory"),
            new FileSystemException("a", null, "Is a directory"),
            new FileSystemException("a", null, "File name too long"),
            new FileSystemException(
                "a", null, "Too many levels of symbolic links or unable to access attributes"))) {
      assertThat(StorageException.of(FILE, failure)).as("%s", failure).isNull();
    }
  }

  @Test
  void anErrorNumberThatNobodyWroteDownIsTheMachinesFault() {
    assertThat(SystemError.of(4711)).isNull();
    assertThat(StorageException.of("/data/a.jpg", 4711)).hasMessageContaining("system error 4711");
  }

  @Test
  void aFolderThatIsThereLetsAFileBeMissing() throws IOException {
    Files.createFile(dir.resolve("other"));
    assertThatCode(Anchor.at(dir)::hold).doesNotThrowAnyException();
    assertThatCode(Anchor.around(dir.resolve("other"))::hold).doesNotThrowAnyException();
  }

  @Test
  void aFolderThatWentOrWasEmptiedIsTold() throws IOException {
    Path folder = Files.createDirectory(dir.resolve("mounted"));
    Path file = Files.createFile(folder.resolve("a.jpg"));
    Anchor anchor = Anchor.at(folder);
    Files.delete(file);
    assertThatThrownBy(anchor::hold).hasMessageContainingAll("mounted", "is empty now", "mount it");
    Files.delete(folder);
    assertThatThrownBy(anchor::hold).hasMessageContainingAll("mounted", "is not there any more");
  }

  @Test
  void aFolderThatWasEmptyAllAlongIsNoMountThatWent() {
    assertThatCode(Anchor.at(dir)::hold).doesNotThrowAnyException();
  }

  @Test
  void tryingAgainEndsWithSuccessAndWaitsLongerEachTime() {
    List<Long> waits = new ArrayList<>();
    int[] tries = {0};
    String read =
        new Patience(waits::add)
            .read(
                () -> {
                  if (++tries[0] < 4) {
                    throw StorageException.of("/data/a.jpg", 5);
                  }
                  return "bytes";
                });
    assertThat(read).isEqualTo("bytes");
    assertThat(waits).containsExactly(100_000_000L, 200_000_000L, 400_000_000L);
  }

  @Test
  void whatFailsForEverStopsTheRunAfterAFewTries() {
    int[] tries = {0};
    assertThatThrownBy(
            () ->
                new Patience(nanos -> true)
                    .read(
                        () -> {
                          tries[0]++;
                          throw StorageException.of("/data/a.jpg", 5);
                        }))
        .isInstanceOfSatisfying(FacetException.class, e -> assertThat(e.exitCode()).isEqualTo(1))
        .hasMessageContainingAll("/data/a.jpg", "EIO", "tried 6 times", "No row is given up");
    assertThat(tries[0]).isEqualTo(6);
  }

  @Test
  void whoIsToldToStopDoesNotTryAgain() {
    int[] tries = {0};
    assertThatThrownBy(
            () ->
                new Patience(nanos -> false)
                    .read(
                        () -> {
                          tries[0]++;
                          throw StorageException.of("/data/a.jpg", 5);
                        }))
        .isInstanceOf(FacetException.class);
    assertThat(tries[0]).isEqualTo(1);
  }

  @Test
  void anInterruptedThreadDoesNotGoOnWaiting() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(
              () ->
                  Patience.sleeping()
                      .read(
                          () -> {
                            throw StorageException.of("/data/a.jpg", 5);
                          }))
          .isInstanceOf(FacetException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
