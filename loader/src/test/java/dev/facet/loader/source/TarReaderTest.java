package dev.facet.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarReaderTest {
  @TempDir Path dir;

  @Test
  void plainMembersComeWithTheirContent() throws IOException {
    assertThat(members(new Tars().add("a.jpg", "one").add("b/c.txt", "").whole(), null))
        .containsExactly("a.jpg=one", "b/c.txt=");
  }

  @Test
  void namesOfAnyLengthAndDialectArrive() throws IOException {
    String name = "folder/" + "x".repeat(150) + ".jpg";
    byte[] prefixed = Tars.header("last.txt", '0', 2, "ustar\00000");
    Tars.put(prefixed, 345, "first");
    byte[] gnu = Tars.header("old.txt", '0', 2, "ustar  \0");
    Tars.put(gnu, 345, "not a prefix");
    byte[] block = Arrays.copyOf("ok".getBytes(StandardCharsets.UTF_8), 512);
    Tars tar = new Tars().gnuLongName(name, "gnu").pax("path", "é.jpg", "short.jpg", "pax");
    tar.raw(Tars.sum(prefixed)).raw(block).raw(Tars.sum(gnu)).raw(block);
    assertThat(members(tar.whole(), null))
        .containsExactly(name + "=gnu", "é.jpg=pax", "first/last.txt=ok", "old.txt=ok");
  }

  @Test
  void sizesInPaxRecordsAndInBytesAreUnderstood() throws IOException {
    byte[] large = Tars.header("b.txt", '0', 0, "ustar\00000");
    Arrays.fill(large, 124, 136, (byte) 0);
    large[124] = (byte) 0x80;
    large[135] = 3;
    byte[] block = Arrays.copyOf("two".getBytes(StandardCharsets.UTF_8), 512);
    byte[] none = Tars.header("a.txt", '0', 0, "ustar\00000");
    byte[] record = "10 size=3\n".getBytes(StandardCharsets.UTF_8);
    Tars tar = new Tars().add("p", 'x', record).raw(none).raw(block);
    assertThat(members(tar.raw(Tars.sum(large)).raw(block).whole(), null))
        .containsExactly("a.txt=two", "b.txt=two");
  }

  @Test
  void paxValuesMayHoldAnything() throws IOException {
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    records.writeBytes(Tars.record("SCHILY.xattr.a", "\0\u0001\0"));
    records.writeBytes(Tars.record("comment", "two\n12 path=wrong\nlines"));
    records.writeBytes(Tars.record("path", "right\nname.jpg"));
    records.writeBytes(Tars.record("SCHILY.xattr.b", "x\n9 size=7"));
    Tars tar = new Tars().add("p", 'x', records.toByteArray()).add("a.jpg", "one");
    assertThat(members(tar.whole(), null)).containsExactly("right\nname.jpg=one");
    for (String broken :
        new String[] {"99 path=b\n", "path=b\n", "9 path=b ", "3 \n", "99999999999 "}) {
      byte[] bytes = broken.getBytes(StandardCharsets.UTF_8);
      assertThat(members(new Tars().add("p", 'x', bytes).add("a.jpg", "one").whole(), null))
          .containsExactly("a.jpg=one");
    }
  }

  @Test
  void foldersAndLinksAreNoFiles() throws IOException {
    Tars tar =
        new Tars().add("train/", '5', new byte[0]).add("old/", "").add("l.jpg", '2', new byte[0]);
    assertThat(members(tar.add("a.txt", "x").whole(), null)).containsExactly("a.txt=x");
  }

  @Test
  void whatIsWholeBeforeTheCutIsKept() throws IOException {
    byte[] whole = new Tars().add("a.jpg", "one").add("b.jpg", "y".repeat(2000)).whole();
    assertThat(members(Arrays.copyOf(whole, 2500), "ends within")).containsExactly("a.jpg=one");
    assertThat(members(Arrays.copyOf(whole, 1024), "without an end mark"))
        .containsExactly("a.jpg=one");
    whole[1024 + 150] ^= 1;
    assertThat(members(whole, "damaged")).containsExactly("a.jpg=one");
  }

  @Test
  void afterADamagedHeaderTheNextSoundOneCounts() throws IOException {
    byte[] whole =
        new Tars().add("a.jpg", "one").add("b.jpg", "y".repeat(2000)).add("c.jpg", "two").whole();
    whole[1024 + 150] ^= 1;
    assertThat(members(whole, "header at byte 1024 is damaged"))
        .containsExactly("a.jpg=one", "c.jpg=two");
  }

  @Test
  void tarsJoinedOneBehindTheOtherAreReadToTheLast() throws IOException {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.writeBytes(new Tars().add("a.jpg", "one").whole());
    joined.writeBytes(new byte[5 * 512]);
    joined.writeBytes(new Tars().add("b.jpg", "two").whole());
    assertThat(members(joined.toByteArray(), null)).containsExactly("a.jpg=one", "b.jpg=two");
  }

  @Test
  void whatIsNoMemberBehindTheEndMarkIsTold() throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    tar.writeBytes(new Tars().add("a.jpg", "one").whole());
    int end = tar.size();
    tar.writeBytes("x".repeat(1024).getBytes(StandardCharsets.UTF_8));
    assertThat(members(tar.toByteArray(), "behind its end mark, from byte " + end + " on"))
        .containsExactly("a.jpg=one");
  }

  @Test
  void whatIsNoTarIsRefused() {
    assertThatThrownBy(() -> members("<html>".repeat(200).getBytes(StandardCharsets.UTF_8), null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no tar file");
    byte[] gzip = new byte[600];
    gzip[0] = 0x1f;
    gzip[1] = (byte) 0x8b;
    assertThatThrownBy(() -> members(gzip, null)).hasMessageContaining("unpack it with gunzip");
  }

  @Test
  void mutilatedFilesEndInAMessageOrAnEnd() throws IOException {
    byte[] whole =
        new Tars()
            .add("a.jpg", "one")
            .gnuLongName("n".repeat(120) + ".jpg", "two")
            .pax("path", "long.jpg", "s.jpg", "three")
            .add("a.txt", "caption")
            .whole();
    Random random = new Random(20);
    for (int round = 0; round < 3000; round++) {
      byte[] bytes =
          Arrays.copyOf(
              whole, random.nextInt(4) == 0 ? random.nextInt(whole.length) : whole.length);
      for (int hits = random.nextInt(6); hits > 0 && bytes.length > 0; hits--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      for (int block = 0; block + 512 <= bytes.length && random.nextBoolean(); block += 512) {
        // Most mutations would end at the checksum otherwise.
        byte[] header = Arrays.copyOfRange(bytes, block, block + 512);
        header[124 + random.nextInt(33)] = (byte) random.nextInt(256);
        System.arraycopy(Tars.sum(header), 0, bytes, block, 512);
      }
      try {
        members(bytes, "");
      } catch (IOException declared) {
        assertThat(declared).hasMessageContaining("tar file");
      }
    }
  }

  private List<String> members(byte[] tar, @Nullable String problem) throws IOException {
    Path file = dir.resolve("x.tar");
    Files.write(file, tar);
    List<String> members = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(file)) {
      TarReader reader = new TarReader(channel);
      while (reader.next()) {
        byte[] content = reader.bytes(reader.offset(), (int) reader.size());
        members.add(reader.name() + "=" + new String(content, StandardCharsets.UTF_8));
      }
      if (problem == null) {
        assertThat(reader.problems()).isEmpty();
      } else if (!problem.isEmpty()) {
        assertThat(reader.problems()).singleElement().asString().contains(problem);
      }
    }
    return members;
  }
}
