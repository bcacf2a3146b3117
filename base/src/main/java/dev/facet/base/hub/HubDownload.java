package dev.facet.base.hub;

import dev.facet.base.FacetException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.function.LongConsumer;

/**
 * One file into the cache: its bytes go to a file beside the blob, which no other program writes to
 * as it has another name than theirs, and where a later try goes on behind what is there already,
 * and get their name once they are whole and have the digest that their tag is. Another Facet that
 * is at it already is waited for.
 */
final class HubDownload {
  /** In a row without a single byte. */
  private static final int MOST_TRIES = 4;

  private static final int CHUNK = 1 << 16;
  private static final int SHA256_LETTERS = 64;
  private static final int SHA1_LETTERS = 40;

  /** Asks for a file's bytes behind the first so many. */
  @FunctionalInterface
  interface Source {
    HubClient.Body open(long from) throws IOException;
  }

  private final String file;
  private final HubFile wanted;
  private final Path blob;

  HubDownload(String file, HubFile wanted, Path blob) {
    this.file = file;
    this.wanted = wanted;
    this.blob = blob;
  }

  /** Bytes that are there from an earlier run. */
  long there() throws IOException {
    boolean counts = wanted.size() > 0 && Files.isRegularFile(part());
    return counts ? Math.min(Files.size(part()), wanted.size()) : 0;
  }

  private Path part() {
    return blob.resolveSibling(blob.getFileName() + ".facet-incomplete");
  }

  /**
   * Fetches what is missing.
   *
   * @param count told how many bytes of the file are there
   * @throws IOException if the source fails several times without giving a byte
   */
  void run(Source source, LongConsumer count) throws IOException {
    Files.createDirectories(Objects.requireNonNull(blob.getParent()));
    try (FileChannel channel =
            FileChannel.open(
                part(),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      if (Files.isRegularFile(blob)) {
        return;
      }
      fill(channel, source, count);
      check(channel);
      channel.force(true);
      Files.move(part(), blob, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private void fill(FileChannel channel, Source source, LongConsumer count) throws IOException {
    if (channel.size() > wanted.size()) {
      channel.truncate(0);
    }
    int failures = 0;
    // What has no known size is whole when it ends; it is fetched from its beginning.
    boolean whole = wanted.size() >= 0 && channel.size() == wanted.size();
    while (!whole) {
      long before = channel.size();
      IOException failure = new IOException(file + " ends too early");
      try (HubClient.Body body = source.open(before)) {
        append(channel, body, count);
        whole = wanted.size() < 0 || channel.size() >= wanted.size();
      } catch (IOException e) {
        failure = e;
      }
      failures = channel.size() > before ? 0 : failures + 1;
      if (!whole && failures == MOST_TRIES) {
        throw failure;
      }
    }
  }

  private void append(FileChannel channel, HubClient.Body body, LongConsumer count)
      throws IOException {
    channel.truncate(body.from());
    channel.position(body.from());
    byte[] chunk = new byte[CHUNK];
    InputStream in = body.bytes();
    for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
      write(channel, ByteBuffer.wrap(chunk, 0, read));
      count.accept(channel.position());
    }
  }

  /** A disk that fails is nothing that asking again would help with. */
  private void write(FileChannel channel, ByteBuffer some) {
    try {
      while (some.hasRemaining()) {
        channel.write(some);
      }
    } catch (IOException e) {
      throw FacetException.run(
          "cannot write to %s: %s; what is there stays, and a later run goes on behind it"
              .formatted(part(), e.getMessage()),
          e);
    }
  }

  /**
   * Holds the bytes against their size and digest; wrong ones go, so that the next run begins anew.
   */
  private void check(FileChannel channel) throws IOException {
    String tag = wanted.tag().toLowerCase(Locale.ROOT);
    boolean hex = tag.matches("[0-9a-f]+");
    boolean right = wanted.size() < 0 || channel.size() == wanted.size();
    if (hex && tag.length() == SHA256_LETTERS) {
      right &= digest(channel, "SHA-256", "").equals(tag);
    } else if (hex && tag.length() == SHA1_LETTERS) {
      // Git's name of a file (git hash-object).
      right &= digest(channel, "SHA-1", "blob " + channel.size() + "\0").equals(tag);
    }
    if (!right) {
      channel.truncate(0);
      throw FacetException.run(
          file + " came with other bytes than the Hub names; they were thrown away, run it again");
    }
  }

  private static String digest(FileChannel channel, String algorithm, String before)
      throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    digest.update(before.getBytes(StandardCharsets.US_ASCII));
    channel.position(0);
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    while (channel.read(chunk) >= 0) {
      digest.update(chunk.flip());
      chunk.clear();
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
