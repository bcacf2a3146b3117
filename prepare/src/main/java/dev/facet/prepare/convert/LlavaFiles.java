package dev.facet.prepare.convert;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Conversations as LLaVA and HumanVLM read them: an array of JSON for each split, pictures beside
 * it as {@code images/00000/000000000.jpg}. Each caption is the answer to the same question.
 */
final class LlavaFiles implements SampleFiles {
  /** Stands where the picture is shown; a caption that holds it would show another one. */
  static final String PICTURE = "<image>";

  private final Path root;
  private final int samplesPerFile;
  private final String prompt;
  private int folder;
  private int count;
  private @Nullable JsonGenerator json;

  LlavaFiles(Path root, int samplesPerFile, String prompt) {
    this.root = root;
    this.samplesPerFile = samplesPerFile;
    this.prompt = prompt;
  }

  @Override
  public void begin(String split) throws IOException {
    JsonGenerator begun =
        Json.LINE
            .getFactory()
            .createGenerator(Files.newBufferedWriter(root.resolve(split + ".json")));
    begun.writeStartArray();
    json = begun;
  }

  @Override
  public int add(Sample sample) throws IOException {
    JsonGenerator into = json;
    if (into == null) {
      throw new IllegalStateException("no split has begun");
    }
    List<String> captions =
        sample.captions().stream().filter(caption -> !caption.contains(PICTURE)).toList();
    if (captions.isEmpty()) {
      return 0;
    }
    String path =
        String.format(
            Locale.ROOT,
            "images/%05d/%s.%s",
            folder,
            Keys.of(folder, count, samplesPerFile),
            sample.extension());
    Files.createDirectories(root.resolve(path).getParent());
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
    into.writeRaw("\n");
    into.writeTree(entry);
    count++;
    if (count == samplesPerFile) {
      folder++;
      count = 0;
    }
    return captions.size();
  }

  @Override
  public void end() throws IOException {
    JsonGenerator open = json;
    if (open != null) {
      json = null;
      open.writeEndArray();
      open.close();
    }
  }

  @Override
  public void close() throws IOException {
    end();
  }
}
