package dev.facet.bench;

import dev.facet.loader.Datasets;
import dev.facet.loader.data.Dataset;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarFile;

/**
 * How fast a tar of pictures and texts is looked through: by Facet, which makes its index of it and
 * writes that, and by commons-compress, which only walks over the members and reads the texts.
 */
final class TarBench {
  private static final int PAIRS = 2500;
  private static final int WARM_UP = 3;
  private static final int ROUNDS = 7;

  /** Looks through a tar, the only file in its folder; returns how many pairs it found. */
  private interface Way {
    long pairs(Path folder, Path tar) throws IOException;
  }

  private TarBench() {}

  public static void main(String[] args) throws IOException {
    Map<String, Way> ways = new LinkedHashMap<>();
    ways.put("Facet, with its index", TarBench::index);
    ways.put("TarFile", TarBench::tarFile);
    ways.put("TarArchiveInputStream", TarBench::stream);
    Path folder = Files.createTempDirectory("tars");
    try {
      Path tar = write(folder.resolve("pairs.tar"));
      Map<String, List<Double>> seconds = new LinkedHashMap<>();
      for (int round = 0; round < WARM_UP + ROUNDS; round++) {
        for (Map.Entry<String, Way> way : ways.entrySet()) {
          double took = time(way.getValue(), tar);
          if (round >= WARM_UP) {
            seconds.computeIfAbsent(way.getKey(), _ -> new ArrayList<>()).add(took);
          }
        }
      }
      System.out.printf(Locale.ROOT, "%,d pairs, %,d MB%n", PAIRS, Files.size(tar) / 1_000_000);
      seconds.forEach(
          (way, all) ->
              System.out.printf(
                  Locale.ROOT,
                  "%-22s %,.0f members/s%n",
                  way,
                  2 * PAIRS / all.stream().sorted().toList().get(ROUNDS / 2)));
    } finally {
      delete(folder);
    }
  }

  /** Each time in a folder of its own, where no index lies yet. */
  private static double time(Way way, Path tar) throws IOException {
    Path folder = Files.createTempDirectory("tar");
    Path link = Files.createLink(folder.resolve("train.tar"), tar);
    long begin = System.nanoTime();
    long found = way.pairs(folder, link);
    double seconds = (System.nanoTime() - begin) / 1e9;
    delete(folder);
    if (found != PAIRS) {
      throw new IllegalStateException(found + " pairs of " + PAIRS);
    }
    return seconds;
  }

  private static long index(Path folder, Path tar) {
    try (Dataset dataset = Datasets.open(folder, "train")) {
      return dataset.size();
    }
  }

  private static long tarFile(Path folder, Path tar) throws IOException {
    long texts = 0;
    try (TarFile file = new TarFile(tar)) {
      for (TarArchiveEntry entry : file.getEntries()) {
        if (entry.getName().endsWith(".txt")) {
          try (InputStream in = file.getInputStream(entry)) {
            texts += in.readAllBytes().length > 0 ? 1 : 0;
          }
        }
      }
    }
    return texts;
  }

  private static long stream(Path folder, Path tar) throws IOException {
    long texts = 0;
    try (TarArchiveInputStream in =
        new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(tar), 1 << 16))) {
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (entry.getName().endsWith(".txt")) {
          texts += in.readAllBytes().length > 0 ? 1 : 0;
        }
      }
    }
    return texts;
  }

  private static Path write(Path tar) throws IOException {
    byte[] jpeg = DrawnJpeg.of(600, 1);
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(tar));
        TarArchiveOutputStream out = new TarArchiveOutputStream(file)) {
      for (int i = 0; i < PAIRS; i++) {
        String name = String.format(Locale.ROOT, "%09d", i);
        add(out, name + ".jpg", jpeg);
        add(out, name + ".txt", ("a face, number " + i).getBytes(StandardCharsets.UTF_8));
      }
    }
    return tar;
  }

  private static void add(TarArchiveOutputStream out, String name, byte[] bytes)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(bytes.length);
    out.putArchiveEntry(entry);
    out.write(bytes);
    out.closeArchiveEntry();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.toList().reversed()) {
        Files.delete(each);
      }
    }
  }
}
