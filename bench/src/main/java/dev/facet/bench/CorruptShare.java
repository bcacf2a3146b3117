package dev.facet.bench;

import dev.facet.base.Staged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Copies a folder of pictures with every hundredth spoilt, to see what bad files cost: {@code facet
 * bench loader} on both folders. They are spoilt in turn in three ways: cut in half, with noise in
 * place of the first 64 bytes, and empty.
 */
public final class CorruptShare {
  private static final int EVERY = 100;

  private CorruptShare() {}

  /** Takes the folder and the copy to make. */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      System.err.println("usage: CorruptShare FOLDER COPY");
      System.exit(2);
    }
    int spoilt = copy(Path.of(args[0]), Path.of(args[1]));
    System.out.println(spoilt + " pictures spoilt in " + args[1]);
  }

  private static int copy(Path from, Path to) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(from)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    int pictures = 0;
    int spoilt = 0;
    try (Staged copy = Staged.directory(to)) {
      for (Path file : files) {
        Path target = copy.path().resolve(from.relativize(file));
        Files.createDirectories(target.getParent());
        byte[] bytes = Files.readAllBytes(file);
        if (isPicture(file) && ++pictures % EVERY == 0) {
          bytes = spoil(bytes, spoilt++ % 3);
        }
        Files.write(target, bytes);
      }
      copy.commit();
    }
    return spoilt;
  }

  private static boolean isPicture(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".jpg") || name.endsWith(".jpeg") || name.endsWith(".png");
  }

  private static byte[] spoil(byte[] bytes, int way) {
    return switch (way) {
      case 0 -> Arrays.copyOf(bytes, bytes.length / 2);
      case 1 -> {
        byte[] noisy = bytes.clone();
        for (int i = 0; i < Math.min(64, noisy.length); i++) {
          noisy[i] = (byte) (i * 37 + 11);
        }
        yield noisy;
      }
      default -> new byte[0];
    };
  }
}
