package dev.facet.eval.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.base.JsonProblem;
import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * The log of one run: {@code metrics.jsonl}, one JSON object per line, and a TensorBoard event file
 * beside it. Every line is handed to the system before {@link #append} returns, so a killed process
 * loses at most the line it was writing. Not thread-safe.
 */
public final class RunLog implements AutoCloseable {
  /** The file's name in a run directory. */
  public static final String FILE = "metrics.jsonl";

  private final OutputStream lines;
  private final EventFile events;
  private final Map<String, Long> evaluated;

  private RunLog(OutputStream lines, EventFile events, Map<String, Long> evaluated) {
    this.lines = lines;
    this.events = events;
    this.evaluated = evaluated;
  }

  /**
   * Opens the log for appending. Lines of steps that the resumed run will do again are cut off, and
   * so is a last line that a killed process left unfinished; TensorBoard drops the same steps.
   *
   * @param runDir the run directory, created where missing
   * @param resumedStep optimizer steps the restored checkpoint has done; 0 starts the log afresh
   * @throws FacetException where a line before that step is damaged
   */
  public static RunLog open(Path runDir, long resumedStep) throws IOException {
    Files.createDirectories(runDir);
    Path file = runDir.resolve(FILE);
    long keep = 0;
    Map<String, Long> evaluated = new HashMap<>();
    if (resumedStep > 0 && Files.exists(file)) {
      keep =
          scan(
              file,
              line -> {
                if (line instanceof EvalLine eval && line.step() <= resumedStep) {
                  evaluated.put(eval.set(), line.step());
                }
                return line.step() <= resumedStep;
              });
    }
    // Lines are in the order of steps, so what goes is the file's tail, and cutting a tail is one
    // operation that is done or not done.
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.truncate(keep);
      channel.force(true);
    }
    EventFile events = EventFile.create(runDir, resumedStep);
    return new RunLog(Files.newOutputStream(file, StandardOpenOption.APPEND), events, evaluated);
  }

  /** The step of the last evaluation of a set that the log holds; 0 before the first. */
  public long evaluatedStep(String set) {
    return evaluated.getOrDefault(set, 0L);
  }

  /** Appends one line and its TensorBoard scalars. */
  public void append(RunLine line) throws IOException {
    lines.write((Json.LINE.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
    lines.flush();
    events.append(line);
    if (line instanceof EvalLine eval) {
      evaluated.put(eval.set(), line.step());
    }
  }

  /** Shows a picture in TensorBoard alone. */
  public void picture(String tag, long step, BufferedImage picture) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    if (ImageIO.write(picture, "png", png)) {
      events.append(tag, step, picture.getWidth(), picture.getHeight(), png.toByteArray());
    }
  }

  /** Shows in TensorBoard alone how numbers are spread; where none is finite, nothing. */
  public void histogram(String tag, long step, float[] values) throws IOException {
    Distribution distribution = Distribution.of(values);
    if (distribution != null) {
      events.append(tag, step, distribution);
    }
  }

  /**
   * All lines of a run directory, in order; empty where it has no log yet. An unfinished last line
   * is passed over: the run may still be writing.
   *
   * @throws FacetException where a line is damaged
   */
  public static List<RunLine> read(Path runDir) throws IOException {
    List<RunLine> all = new ArrayList<>();
    Path file = runDir.resolve(FILE);
    if (Files.exists(file)) {
      scan(file, all::add);
    }
    return all;
  }

  @Override
  public void close() throws IOException {
    try (events) {
      lines.close();
    }
  }

  /** Reads whole lines while they are wanted; returns how many bytes those take. */
  private static long scan(Path file, Predicate<RunLine> wanted) throws IOException {
    long kept = 0;
    int number = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      for (byte[] line; (line = nextLine(in)) != null; kept += line.length + 1) {
        number++;
        RunLine parsed;
        try {
          parsed = Json.LINE.readValue(line, RunLine.class);
        } catch (JsonProcessingException e) {
          throw FacetException.run(
              file
                  + ", line "
                  + number
                  + ", is damaged: "
                  + JsonProblem.inLine(e)
                  + ". Delete that line, or restore the file from a backup.",
              e);
        }
        if (!wanted.test(parsed)) {
          break;
        }
      }
    }
    return kept;
  }

  /** The bytes up to the next line feed, or null where none follows. */
  private static byte @Nullable [] nextLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    for (int b; (b = in.read()) >= 0; ) {
      if (b == '\n') {
        return line.toByteArray();
      }
      line.write(b);
    }
    return null;
  }
}
