package dev.facet.bench;

import dev.facet.base.Rgb;
import dev.facet.loader.decode.DecodeSettings;
import dev.facet.loader.encode.PictureFormat;
import dev.facet.loader.picture.BoxSpace;
import dev.facet.prepare.face.CropSettings;
import dev.facet.prepare.face.Cropper;
import dev.facet.prepare.face.Cutting;
import dev.facet.prepare.face.Face;
import dev.facet.prepare.photo.Photo;
import dev.facet.prepare.photo.PhotoHeader;
import dev.facet.prepare.photo.PhotoReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How many pictures per second become crops of 256 pixels: by {@code prepare}'s classes, which also
 * take a digest and a perceptual hash of each, and by a script with Pillow, in turns on the same
 * files.
 *
 * <p>Arguments: a folder of JPEGs, a Python that has Pillow. To be started with the {@code MALLOC_}
 * settings that {@code bin/facet} starts Facet with.
 */
final class CropBench {
  private static final int ROUNDS = 9;
  private static final int THREADS = 2;

  /** Until the compiler is done; a run over millions of pictures has no other state. */
  private static final double WARM_UP_SECONDS = 10;

  private static final CropSettings CROP =
      new CropSettings(
          CropSettings.Region.FACE,
          CropSettings.WithoutBox.DROP,
          BoxSpace.STORED,
          0.25,
          true,
          CropSettings.Edge.CUT,
          0,
          256,
          CropSettings.Sized.SHORTER,
          false,
          PictureFormat.JPEG,
          90);

  private CropBench() {}

  public static void main(String[] args) throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of(args[0]))) {
      files = all.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
    }
    Path list = Files.createTempFile("files", ".txt");
    Path script = Files.createTempFile("crop", ".py");
    try (Makers makers = new Makers();
        InputStream text = CropBench.class.getResourceAsStream("crop.py")) {
      Files.write(script, Objects.requireNonNull(text).readAllBytes());
      Files.writeString(list, String.join("\n", files.stream().map(Path::toString).toList()));
      Map<String, Callable<Double>> ways = new LinkedHashMap<>();
      ways.put("Facet, 2 threads", () -> makers.make(files));
      ways.put("Pillow, 1 process", () -> pillow(args[1], script, 1, list, false));
      ways.put("Pillow, 2 processes", () -> pillow(args[1], script, THREADS, list, false));
      ways.put("Pillow, 1 process, as here", () -> pillow(args[1], script, 1, list, true));
      ways.put("Pillow, 2 processes, as here", () -> pillow(args[1], script, THREADS, list, true));
      for (double spent = 0; spent < WARM_UP_SECONDS; ) {
        spent += makers.make(files);
      }
      SequencedMap<String, List<Double>> rates = new LinkedHashMap<>();
      for (int round = 0; round < ROUNDS; round++) {
        for (Map.Entry<String, Callable<Double>> way : ways.entrySet()) {
          rates
              .computeIfAbsent(way.getKey(), _ -> new ArrayList<>())
              .add(files.size() / way.getValue().call());
        }
      }
      rates.forEach((way, its) -> print(way, its, rates.firstEntry().getValue()));
    } finally {
      Files.delete(script);
      Files.delete(list);
    }
  }

  /** Prints rates, and how many times the rate of the same round Facet's is. */
  private static void print(String way, List<Double> rates, List<Double> facet) {
    List<Double> sorted = rates.stream().sorted().toList();
    List<Double> times =
        IntStream.range(0, rates.size())
            .mapToObj(round -> facet.get(round) / rates.get(round))
            .sorted()
            .toList();
    System.out.printf(
        Locale.ROOT,
        "%-28s %6.0f pictures/s (%.0f to %.0f), Facet is %.2f times that (%.2f to %.2f)%n",
        way,
        sorted.get(sorted.size() / 2),
        sorted.getFirst(),
        sorted.getLast(),
        times.get(times.size() / 2),
        times.getFirst(),
        times.getLast());
  }

  /** Threads with what each of them keeps from picture to picture, as in a run. */
  private static final class Makers implements AutoCloseable {
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final List<PhotoReader> readers = new ArrayList<>();
    private final List<Cropper> croppers = new ArrayList<>();

    Makers() {
      for (int i = 0; i < THREADS; i++) {
        readers.add(
            new PhotoReader(new DecodeSettings(25_000_000, 64 << 20, false, Rgb.of(0), true)));
        croppers.add(new Cropper(CROP));
      }
    }

    /** Makes all crops; tells the seconds. */
    double make(List<Path> files) throws Exception {
      AtomicInteger next = new AtomicInteger();
      long start = System.nanoTime();
      List<Future<Long>> parts = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        PhotoReader reader = readers.get(i);
        Cropper cropper = croppers.get(i);
        parts.add(threads.submit(() -> crops(files, next, reader, cropper)));
      }
      for (Future<Long> part : parts) {
        part.get();
      }
      return (System.nanoTime() - start) / 1e9;
    }

    @Override
    public void close() {
      threads.close();
      readers.forEach(PhotoReader::close);
      croppers.forEach(Cropper::close);
    }
  }

  private static long crops(
      List<Path> files, AtomicInteger next, PhotoReader reader, Cropper cropper)
      throws IOException {
    long bytes = 0;
    for (int i = next.getAndIncrement(); i < files.size(); i = next.getAndIncrement()) {
      byte[] file = Files.readAllBytes(files.get(i));
      if (reader.read(file, header -> cropper.reduction(header, plan(cropper, header)))
          instanceof Photo photo) {
        Cutting.Cut cut = (Cutting.Cut) plan(cropper, photo.header()).getFirst();
        bytes += cropper.crop(photo, cut).encoded().length;
      }
    }
    return bytes;
  }

  private static List<Cutting> plan(Cropper cropper, PhotoHeader photo) {
    int width = photo.width();
    int height = photo.height();
    return cropper.plan(
        photo, List.of(new Face.Found(width / 3, height / 4, 2 * width / 3, 3 * height / 4)));
  }

  /**
   * Lets the script run.
   *
   * @param asHere whether it has the settings of malloc that this process was started with, as
   *     Facet's launcher sets them; else those that a script has
   */
  private static double pillow(String python, Path script, int processes, Path list, boolean asHere)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(python, script.toString(), "" + processes, list.toString())
            .redirectErrorStream(true);
    if (!asHere) {
      builder.environment().keySet().removeIf(name -> name.startsWith("MALLOC_"));
    }
    Process process = builder.start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return Double.parseDouble(said.substring(0, said.indexOf(' ')));
  }
}
