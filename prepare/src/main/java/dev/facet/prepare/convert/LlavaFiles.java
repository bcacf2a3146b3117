package dev.facet.prepare.convert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import dev.facet.base.Staged;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Conversations as LLaVA and HumanVLM read them: an array of JSON for each split, pictures beside
 * it as {@code images/00000/000000000.jpg}. Each caption is the answer to the same question. A file
 * is a folder of pictures; what it adds to the array lies by itself until all are there.
 */
final class LlavaFiles implements SampleFiles {
  /** Stands where the picture is shown; a caption that holds it would show another one. */
  static final String PICTURE = "<image>";

  private final Path root;
  private final Path scratch;
  private final SortedSet<String> splits;
  private final int samplesPerFile;
  private final String prompt;
  private String split = "";
  private int number;
  private @Nullable BufferedWriter open;

  /**
   * @param scratch where entries lie until all are there; not this one's to remove
   */
  LlavaFiles(Path root, Path scratch, SortedSet<String> splits, int samplesPerFile, String prompt) {
    this.root = root;
    this.scratch = scratch;
    this.splits = splits;
    this.samplesPerFile = samplesPerFile;
    this.prompt = prompt;
  }

  private Path pictures() {
    return root.resolve("images").resolve(String.format(Locale.ROOT, "%05d", number));
  }

  private Path folder(String of) {
    return scratch.resolve(of);
  }

  private Path entries() {
    return folder(split).resolve(String.format(Locale.ROOT, "%09d.json", number));
  }

  @Override
  public void forget(int file) throws IOException {
    number = file;
    Staged.delete(pictures());
    for (String each : splits) {
      split = each;
      Files.deleteIfExists(entries());
    }
  }

  @Override
  public void begin(String its, int file) throws IOException {
    split = its;
    number = file;
    Files.createDirectories(pictures());
    Files.createDirectories(folder(split));
    open = Files.newBufferedWriter(entries());
  }

  @Override
  public List<String> usable(List<String> captions) {
    return captions.stream().filter(caption -> !caption.contains(PICTURE)).toList();
  }

  @Override
  public void add(Sample sample, List<String> captions, int index) throws IOException {
    BufferedWriter into = open;
    if (into == null) {
      throw new IllegalStateException("no file has begun");
    }
    String path =
        String.format(
            Locale.ROOT,
            "images/%05d/%s.%s",
            number,
            Keys.of(number, index, samplesPerFile),
            sample.extension());
    Files.write(root.resolve(path), sample.picture());
    ObjectNode entry = Json.LINE.createObjectNode();
    sample.describe(entry);
    entry.put("image", path);
    ArrayNode turns = entry.putArray("conversations");
    for (String caption : captions) {
      String mark = turns.isEmpty() ? PICTURE + "\n" : "";
      turns.addObject().put("from", "human").put("value", mark + prompt);
      turns.addObject().put("from", "gpt").put("value", caption);
    }
    into.write(index == 0 ? "\n" : ",\n");
    into.write(Json.LINE.writeValueAsString(entry));
  }

  @Override
  public void end(int samples) throws IOException {
    close();
    Staged.forceAll(pictures());
    Staged.forceAll(entries());
  }

  @Override
  public void finish() throws IOException {
    for (String each : splits) {
      try (Writer array = Files.newBufferedWriter(root.resolve(each + ".json"))) {
        String before = "[";
        for (Path part : parts(each)) {
          array.write(before);
          try (Reader from = Files.newBufferedReader(part)) {
            from.transferTo(array);
          }
          before = ",";
        }
        array.write(before.equals("[") ? "[]" : "]");
      }
    }
  }

  /** In the order of their numbers, which all have as many digits. */
  private List<Path> parts(String of) throws IOException {
    if (!Files.isDirectory(folder(of))) {
      return List.of();
    }
    try (Stream<Path> parts = Files.list(folder(of))) {
      return parts.sorted().toList();
    }
  }

  @Override
  public void close() throws IOException {
    BufferedWriter its = open;
    open = null;
    if (its != null) {
      its.close();
    }
  }
}
