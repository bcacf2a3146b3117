package dev.facet.bench.parquet;

import dev.facet.base.Staged;
import dev.facet.bench.parquet.Layout.Photo;
import dev.facet.bench.parquet.Layout.Shape;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.parquet.column.ParquetProperties.WriterVersion;

/**
 * Damaged Parquet files for our own reader and for libraries, bare and with the checks that can be
 * made around them. Each reader works in a process of its own with 512 MB of heap, which is started
 * again behind the file that ended it.
 */
public final class HostileFiles {
  private HostileFiles() {}

  /** Takes nothing. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("facet-bench");
    try {
      for (boolean checksums : new boolean[] {true, false}) {
        List<Path> sound = write(Files.createDirectory(folder.resolve("" + checksums)), checksums);
        for (Damage damage : Damage.values()) {
          System.out.printf(
              Locale.ROOT,
              "%s, pages %s checksums, %d files%n",
              damage,
              checksums ? "with" : "without",
              count(sound, damage));
          for (Reader reader : Reader.values()) {
            System.out.printf("  %-18s %s%n", reader, outcomes(reader, damage, sound));
          }
        }
      }
    } finally {
      Staged.delete(folder);
    }
  }

  /** Small files with many pages, of every layout and both versions of pages. */
  private static List<Path> write(Path folder, boolean checksums) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Layout layout : Layout.values()) {
      for (WriterVersion version : WriterVersion.values()) {
        // A shard is always of the first version, and has checksums.
        if (layout != Layout.SHARD || (checksums && version == WriterVersion.PARQUET_1_0)) {
          files.add(
              layout.write(
                  folder.resolve(layout + "-" + version),
                  IntStream.range(0, 24).mapToObj(HostileFiles::photo).toList(),
                  new Shape(12, 200, version, checksums)));
        }
      }
    }
    return files;
  }

  private static Photo photo(int i) {
    return new Photo(
        "id" + i,
        "picture ".repeat(1 + i).getBytes(StandardCharsets.UTF_8),
        List.of("a face", "a face, number " + i));
  }

  private static int count(List<Path> sound, Damage damage) throws IOException {
    int count = 0;
    for (Path file : sound) {
      count += damage.of(Files.readAllBytes(file)).size();
    }
    return count;
  }

  private static Map<Outcome, Integer> outcomes(Reader reader, Damage damage, List<Path> sound)
      throws IOException, InterruptedException {
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    for (Path file : sound) {
      int files = damage.of(Files.readAllBytes(file)).size();
      int done = 0;
      while (done < files) {
        Process child = start(reader, damage, file, done);
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
          String line;
          while ((line = lines.readLine()) != null) {
            for (String word : line.split(" ", -1)) {
              outcomes.merge(Outcome.valueOf(word), 1, Integer::sum);
            }
            done++;
          }
        }
        int status = child.waitFor();
        if (done < files) {
          outcomes.merge(
              status == HostileRun.HANGS ? Outcome.HANG : Outcome.CRASH, 1, Integer::sum);
          done++;
        }
      }
    }
    return outcomes;
  }

  private static Process start(Reader reader, Damage damage, Path file, int from)
      throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-XX:ErrorFile=" + file + ".log",
            "-XX:-CreateCoredumpOnCrash",
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            HostileRun.class.getName(),
            reader.name(),
            damage.name(),
            file.toString(),
            Integer.toString(from))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
