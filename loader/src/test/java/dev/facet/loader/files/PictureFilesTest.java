package dev.facet.loader.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.storage.StorageException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Both ways of reading files keep the same promises. */
class PictureFilesTest {
  @TempDir static Path dir;

  static Stream<PictureFiles> ways() {
    PictureFiles plain = new ChannelFiles(roots());
    return SystemFiles.isAvailableFor(roots())
        ? Stream.of(plain, new SystemFiles(roots(), SystemCalls.FILES))
        : Stream.of(plain);
  }

  private static PictureRoots roots() {
    return new PictureRoots(List.of(dir));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void filesArriveWholeWhateverTheirSize(PictureFiles files) throws Exception {
    for (int size : new int[] {3, 0, (1 << 18) - 1, 1 << 18, 3_000_000, 5}) {
      byte[] content = new byte[size];
      new Random(size).nextBytes(content);
      Files.write(dir.resolve("é.jpg"), content);
      PictureBuffer buffer = PictureBuffer.ofThread();
      assertThat(read(files, "é.jpg", buffer)).isEqualTo(size);
      assertThat(buffer.memory().asSlice(0, size).toArray(ValueLayout.JAVA_BYTE))
          .isEqualTo(content);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void whatIsNoReadableFileFailsWithItsReason(PictureFiles files) throws IOException {
    Files.createDirectories(dir.resolve("folder"));
    Files.writeString(dir.resolve("plain"), "x");
    assertFails(files, "gone.jpg", Reason.MISSING, "gone.jpg does not exist");
    assertFails(files, "folder", Reason.MISSING, "is not a file");
    assertThatThrownBy(() -> read(files, "plain/x.jpg", PictureBuffer.ofThread()))
        .isInstanceOf(BadSampleException.class);
    assertThatThrownBy(() -> read(files, "x".repeat(5000), PictureBuffer.ofThread()))
        .isInstanceOf(BadSampleException.class);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aPathLeadsAnywhereBelowTheFoldersAndNowhereElse(PictureFiles files) throws Exception {
    Files.createDirectories(dir.resolve("sub"));
    Files.writeString(dir.resolve("in.jpg"), "x");
    Path beside = Files.writeString(dir.resolveSibling(dir.getFileName() + "-beside"), "x");
    Path link = Files.createSymbolicLink(dir.resolveSibling(dir.getFileName() + "-link"), dir);
    PictureBuffer buffer = PictureBuffer.ofThread();
    for (String inside : new String[] {"in.jpg", "./sub/..//in.jpg", dir + "/sub/../in.jpg"}) {
      assertThat(read(files, inside, buffer)).isEqualTo(1);
    }
    PictureFolder below = PictureFolder.of(dir.resolve("sub"));
    byte[] up = "../in.jpg".getBytes(StandardCharsets.UTF_8);
    assertThat(files.read(below, MemorySegment.ofArray(up), 0, up.length, buffer)).isEqualTo(1);
    PictureFiles linked = PictureFiles.below(List.of(link));
    assertThat(read(linked, link + "/in.jpg", buffer)).isEqualTo(1);
    assertThat(read(linked, dir.toRealPath() + "/in.jpg", buffer)).isEqualTo(1);
    assertThat(read(PictureFiles.below(List.of(Path.of("/"))), beside.toString(), buffer)).isOne();
    for (String outside :
        new String[] {beside.toString(), "../x", "sub/../..", "", "/", "C:/a.jpg", link + "/a"}) {
      assertFails(files, outside, Reason.OUTSIDE, "data.image_root");
    }
    assertFails(files, "a\0.jpg", Reason.MISSING, "is no path");
    Files.delete(link);
    Files.delete(beside);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aFileOverTheLimitIsRefused(PictureFiles files) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(dir.resolve("large").toFile(), "rw")) {
      file.setLength(PictureBuffer.MOST_BYTES + 1L); // a hole: takes no room
    }
    assertFails(files, "large", Reason.TOO_LARGE, "large has");
  }

  /** Calls that fail with a number, at opening or at reading, and count what is left open. */
  private static final class Failing implements SystemFiles.Calls {
    private final int atOpen;
    private final int atRead;
    private int open;

    Failing(int atOpen, int atRead) {
      this.atOpen = atOpen;
      this.atRead = atRead;
    }

    @Override
    public int open(long path) {
      open += atOpen == 0 ? 1 : 0;
      return -atOpen;
    }

    @Override
    public long read(int file, long into, long most) {
      return -atRead;
    }

    @Override
    public void close(int file) {
      open--;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "24, EMFILE, ulimit -n",
    "23, ENFILE, end some",
    "12, ENOMEM, memory",
    "5, EIO, check the disk",
    "4711, system error 4711, check the disk"
  })
  void aFailingMachineIsNoBadPicture(int number, String name, String cure) {
    for (Failing calls : List.of(new Failing(number, 0), new Failing(0, number))) {
      assertThatThrownBy(
              () -> read(new SystemFiles(roots(), calls), "a.jpg", PictureBuffer.ofThread()))
          .isInstanceOf(StorageException.class)
          .hasMessageContainingAll(dir.resolve("a.jpg").toString(), name, cure);
      assertThat(calls.open).isZero();
    }
  }

  @Test
  void aPictureThatMayNotBeReadIsABadOne() {
    SystemFiles files = new SystemFiles(roots(), new Failing(13, 0));
    assertFails(files, "a.jpg", Reason.READ_ERROR, "permission denied");
    assertFails(
        new SystemFiles(roots(), new Failing(2, 0)), "a.jpg", Reason.MISSING, "does not exist");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aFolderThatIsGoneIsNoMissingPicture(PictureFiles files) throws IOException {
    Path away = dir.resolveSibling(dir.getFileName() + "-away");
    Files.move(dir, away);
    try {
      assertThatThrownBy(() -> read(files, "a.jpg", PictureBuffer.ofThread()))
          .isInstanceOf(StorageException.class)
          .hasMessageContainingAll(dir.toString(), "is not there any more");
    } finally {
      Files.move(away, dir);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aFolderBelowThatPicturesWereReadFromIsNoMissingPictureEither(PictureFiles files)
      throws Exception {
    Path below = Files.createDirectories(dir.resolve("disk/b"));
    Path picture = Files.writeString(below.resolve("a.jpg"), "x");
    Path other = Files.writeString(below.resolve("b.jpg"), "x");
    assertThat(read(files, "disk/b/a.jpg", PictureBuffer.ofThread())).isEqualTo(1);
    Files.delete(picture);
    assertFails(files, "disk/b/a.jpg", Reason.MISSING, "does not exist");
    Files.delete(other);
    assertThatThrownBy(() -> read(files, "disk/b/a.jpg", PictureBuffer.ofThread()))
        .isInstanceOf(StorageException.class)
        .hasMessageContainingAll(below.toString(), "is empty now");
    Files.delete(below);
    assertThatThrownBy(() -> read(files, "disk/b/a.jpg", PictureBuffer.ofThread()))
        .isInstanceOf(StorageException.class)
        .hasMessageContainingAll(below.toString(), "is not there any more");
    // A folder that no picture ever came from may just not have been copied.
    assertFails(files, "disk/never/a.jpg", Reason.MISSING, "does not exist");
  }

  @Test
  void thisMachineUsesTheSystemsOwnCallsWhereItCan() {
    assertThat(PictureFiles.below(List.of(dir)) instanceof SystemFiles)
        .isEqualTo(SystemCalls.AVAILABLE);
  }

  private static void assertFails(PictureFiles files, String path, Reason reason, String why) {
    assertThatThrownBy(() -> read(files, path, PictureBuffer.ofThread()))
        .isInstanceOfSatisfying(
            BadSampleException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(why);
  }

  private static int read(PictureFiles files, String path, PictureBuffer into)
      throws IOException, BadSampleException {
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    return files.read(PictureFolder.of(dir), MemorySegment.ofArray(bytes), 0, bytes.length, into);
  }
}
