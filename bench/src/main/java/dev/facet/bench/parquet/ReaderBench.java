package dev.facet.bench.parquet;

import com.sun.management.OperatingSystemMXBean;
import dev.facet.augment.Augmentation;
import dev.facet.augment.operation.RandomResizedCrop;
import dev.facet.base.Interval;
import dev.facet.base.Staged;
import dev.facet.bench.parquet.Layout.Photo;
import dev.facet.bench.parquet.Layout.Shape;
import dev.facet.loader.LoaderSettings;
import dev.facet.loader.ReadSettings;
import dev.facet.loader.TextEncoder;
import dev.facet.loader.bench.BenchPlan;
import dev.facet.loader.bench.BenchResult;
import dev.facet.loader.bench.LoaderBench;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Row;
import dev.facet.loader.picture.ImageSettings;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Photographs out of Parquet by our own reader and by libraries, in one run and in turns: through
 * the whole loader (decoding, crop to 224 pixels, two threads), and reading alone.
 */
public final class ReaderBench {
  private static final int ROUNDS = 3;
  private static final double WARM_UP_SECONDS = 2;
  private static final double LOADER_SECONDS = 4;
  private static final double READING_SECONDS = 2;
  private static final List<Reader> READERS =
      List.of(Reader.OURS, Reader.PARQUET_JAVA, Reader.HARDWOOD);

  private ReaderBench() {}

  /** Takes a folder of JPEG files, and how many rows are made of them. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length != 2) {
      System.err.println("usage: ReaderBench FOLDER ROWS");
      System.exit(2);
    }
    List<byte[]> photographs = photographs(Path.of(args[0]));
    int rows = Integer.parseInt(args[1]);
    Path folder = Files.createTempDirectory("facet-bench");
    try {
      for (Layout layout : Layout.values()) {
        Path file =
            layout.write(folder.resolve(layout.name()), rows(photographs, rows), Shape.USUAL);
        System.out.printf(
            Locale.ROOT, "%s: %d rows, %d MB%n", layout, rows, Files.size(file) / 1_000_000);
        measure(file);
        Files.delete(file);
      }
    } finally {
      Staged.delete(folder);
    }
  }

  /** Faces as data sets have them: neither thumbnails nor whole camera pictures. */
  private static List<byte[]> photographs(Path folder) throws IOException {
    List<byte[]> photographs = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        long size = Files.size(file);
        if (file.toString().endsWith(".jpg") && size >= 10_000 && size <= 200_000) {
          photographs.add(Files.readAllBytes(file));
        }
      }
    }
    return photographs;
  }

  /** Each with bytes of its own behind the end of the picture, which decoders leave alone. */
  private static Iterable<Photo> rows(List<byte[]> photographs, int rows) {
    return () ->
        Stream.iterate(0, i -> i + 1)
            .limit(rows)
            .map(
                i -> {
                  byte[] jpeg = photographs.get(i % photographs.size());
                  byte[] image = Arrays.copyOf(jpeg, jpeg.length + 4);
                  ByteBuffer.wrap(image).putInt(jpeg.length, i);
                  return new Photo("photo-" + i, image, List.of("a face", "a face, number " + i));
                })
            .iterator();
  }

  private static void measure(Path file) throws IOException, InterruptedException {
    Map<Reader, List<Figures>> loading = new EnumMap<>(Reader.class);
    Map<Reader, List<Figures>> reading = new EnumMap<>(Reader.class);
    for (int round = 0; round < ROUNDS; round++) {
      for (Reader reader : READERS) {
        try (Dataset dataset = reader.open(file)) {
          loading.computeIfAbsent(reader, each -> new ArrayList<>()).add(load(dataset));
          reading.computeIfAbsent(reader, each -> new ArrayList<>()).add(read(dataset));
        }
      }
    }
    print("loader", loading);
    print("reading alone", reading);
  }

  /**
   * One measurement.
   *
   * @param perCpuSecond images for each second of a processor, all threads of the process together:
   *     what a busy machine changes least
   * @param gc share of the time in which garbage collection stopped all threads
   */
  private record Figures(double perSecond, double perCpuSecond, double gc) {}

  private static Figures load(Dataset dataset) throws InterruptedException {
    LoaderSettings settings =
        LoaderSettings.training(64, 1, 1, new ReadSettings(2, 4, 4, 1L << 30, 0, 0.05));
    Augmentation crop =
        Augmentation.training(
            List.of(new RandomResizedCrop(new Interval(0.9, 1), new Interval(0.75, 1.3333))));
    LoaderBench bench =
        new LoaderBench(
            dataset,
            settings,
            new ImageSettings(224, crop, ImageSettings.CLIP_MEAN, ImageSettings.CLIP_STD),
            new NoText());
    long collecting = collecting();
    long begin = System.nanoTime();
    BenchResult result =
        bench.run(new BenchPlan(List.of(2), 1, WARM_UP_SECONDS, LOADER_SECONDS)).getFirst();
    double processors = result.cpuShare() * result.cores();
    return new Figures(
        result.imagesPerSecond(), result.imagesPerSecond() / processors, share(collecting, begin));
  }

  /** One thread opens chunks and looks at the last bytes of each picture. */
  private static Figures read(Dataset dataset) throws IOException {
    rows(dataset, WARM_UP_SECONDS / 2);
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long collecting = collecting();
    long cpu = system.getProcessCpuTime();
    long begin = System.nanoTime();
    double rows = rows(dataset, READING_SECONDS);
    double seconds = (System.nanoTime() - begin) / 1e9;
    double cpuSeconds = (system.getProcessCpuTime() - cpu) / 1e9;
    return new Figures(rows / seconds, rows / cpuSeconds, share(collecting, begin));
  }

  private static long rows(Dataset dataset, double seconds) throws IOException {
    Row row = new Row();
    long rows = 0;
    long begin = System.nanoTime();
    for (int c = 0; System.nanoTime() - begin < seconds * 1e9; c = (c + 1) % dataset.chunkCount()) {
      try (Chunk chunk = dataset.open(c)) {
        for (int r = 0; r < dataset.rowCount(c); r++) {
          chunk.read(r, row);
          if (row.image().u32(row.image().length() - 4)
              != (long) c * Shape.USUAL.rowsPerGroup() + r) {
            throw new IOException("row " + row.id() + " is not the picture that was written");
          }
          rows++;
        }
      } catch (BadSampleException e) {
        throw new IOException(e);
      }
    }
    return rows;
  }

  private static long collecting() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }

  private static double share(long collecting, long begin) {
    return (collecting() - collecting) * 1e6 / (System.nanoTime() - begin);
  }

  private static void print(String what, Map<Reader, List<Figures>> all) {
    Figures ours = median(all.getOrDefault(Reader.OURS, List.of()));
    for (Map.Entry<Reader, List<Figures>> each : all.entrySet()) {
      Figures median = median(each.getValue());
      System.out.printf(
          Locale.ROOT,
          "  %-13s %-12s %,8.0f images/s, %.3f of ours; %,8.0f per processor second, %.3f of ours;"
              + " %.2f %% in garbage collection; rounds %s%n",
          what,
          each.getKey(),
          median.perSecond,
          median.perSecond / ours.perSecond,
          median.perCpuSecond,
          median.perCpuSecond / ours.perCpuSecond,
          100 * median.gc,
          Arrays.toString(
              each.getValue().stream().mapToLong(f -> Math.round(f.perSecond)).toArray()));
    }
  }

  /** Of each number by itself. */
  private static Figures median(List<Figures> all) {
    return new Figures(
        median(all, Figures::perSecond),
        median(all, Figures::perCpuSecond),
        median(all, Figures::gc));
  }

  private static double median(List<Figures> all, ToDoubleFunction<Figures> number) {
    return all.stream().mapToDouble(number).sorted().toArray()[all.size() / 2];
  }

  private static final class NoText implements TextEncoder {
    @Override
    public int contextLength() {
      return 0;
    }

    @Override
    public void encode(String caption, LongBuffer ids) {}
  }
}
