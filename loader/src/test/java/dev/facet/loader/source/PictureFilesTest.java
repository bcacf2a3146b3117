package dev.facet.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.loader.BadSampleException;
import dev.facet.loader.BadSampleException.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both ways of reading files keep the same promises. */
class PictureFilesTest {
  @TempDir static Path dir;

  static Stream<PictureFiles> ways() {
    PictureFiles plain = new ChannelFiles(dir);
    return SystemFiles.isAvailableFor(dir)
        ? Stream.of(plain, new SystemFiles(dir))
        : Stream.of(plain);
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
  void aFileOverTheLimitIsRefused(PictureFiles files) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(dir.resolve("large").toFile(), "rw")) {
      file.setLength(PictureBuffer.MOST_BYTES + 1L); // a hole: takes no room
    }
    assertFails(files, "large", Reason.TOO_LARGE, "large has");
  }

  @Test
  void thisMachineUsesTheSystemsOwnCallsWhereItCan() {
    assertThat(PictureFiles.below(dir) instanceof SystemFiles).isEqualTo(SystemCalls.AVAILABLE);
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
    return files.read(MemorySegment.ofArray(bytes), 0, bytes.length, into);
  }
}
