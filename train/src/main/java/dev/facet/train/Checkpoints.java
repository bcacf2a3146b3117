package dev.facet.train;

import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.base.Staged;
import dev.facet.model.AdapterFolder;
import dev.facet.model.DualEncoder;
import dev.facet.model.FusedAdamW;
import dev.facet.model.ModelDirectory;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of a run, {@code step-00000500} and {@code best}. Each is a model folder that
 * other tools open, plus optimizer and state; each appears whole, with checksums, and older ones go
 * only after that.
 */
public final class Checkpoints {
  public static final String BEST = "best";
  private static final String STEP = "step-";
  private static final String STATE = "state.json";
  private static final String OPTIMIZER = "optimizer.safetensors";

  private final Path folder;
  private final int keep;
  private final Map<String, String> extras;

  /**
   * The checkpoints below a run directory.
   *
   * @param keep newest ones to keep
   * @param extras further text files of each checkpoint by name: config, tokenizer and so on
   */
  public Checkpoints(Path runDir, int keep, Map<String, String> extras) {
    this.folder = runDir.resolve("checkpoints");
    this.keep = keep;
    this.extras = Map.copyOf(extras);
  }

  /** Saves everything needed to go on, then removes what is no longer to be kept. */
  public void save(DualEncoder model, FusedAdamW optimizer, TrainState state) {
    Path target = folder.resolve(String.format("%s%08d", STEP, state.step()));
    write(
        target,
        directory -> {
          writeModel(model, directory);
          AdapterFolder.writeBase(model, directory);
          ModelDirectory.writeTensors(directory.resolve(OPTIMIZER), optimizer.state(), Map.of());
          writeState(state, directory);
        });
    prune(target);
  }

  /** Replaces the best model; it holds no optimizer state. */
  public void saveBest(DualEncoder model, TrainState state) {
    write(
        folder.resolve(BEST),
        directory -> {
          writeModel(model, directory);
          writeState(state, directory);
        });
  }

  /**
   * Restores the newest whole checkpoint in place.
   *
   * @param warn told about broken checkpoints that were passed over
   * @return its state, or null if there is no checkpoint
   */
  public @Nullable TrainState restore(
      DualEncoder model, FusedAdamW optimizer, Consumer<String> warn) throws IOException {
    for (Path checkpoint : steps().reversed()) {
      String problem = Checksums.verify(checkpoint);
      if (problem != null) {
        warn.accept(checkpoint + " is broken (" + problem + "); trying the one before");
        continue;
      }
      ModelDirectory.readTensors(checkpoint.resolve(ModelDirectory.WEIGHTS), model.weights());
      AdapterFolder.restore(model, checkpoint);
      ModelDirectory.readTensors(checkpoint.resolve(OPTIMIZER), optimizer.state());
      TrainState state = Json.read(checkpoint.resolve(STATE), TrainState.class);
      Path best = folder.resolve(BEST).resolve(STATE);
      return Files.exists(best) ? state.withBestOf(Json.read(best, TrainState.class)) : state;
    }
    return null;
  }

  /** The step at which a checkpoint was saved; 0 for a model folder that no run wrote. */
  public static long stepOf(Path checkpoint) throws IOException {
    Path state = checkpoint.resolve(STATE);
    return Files.exists(state) ? Json.read(state, TrainState.class).step() : 0;
  }

  /** Puts in order what a killed process left half-done. */
  public void sweep() throws IOException {
    if (Files.isDirectory(folder)) {
      Staged.recover(folder);
    }
  }

  /** Step checkpoints, oldest first. */
  public List<Path> steps() throws IOException {
    return list(STEP);
  }

  private interface Content {
    void writeTo(Path directory) throws IOException;
  }

  private void write(Path target, Content content) {
    try (Staged staged = Staged.directory(target)) {
      content.writeTo(staged.path());
      Checksums.write(staged.path());
      staged.commit();
    } catch (IOException e) {
      throw FacetException.run(
          "cannot write checkpoint "
              + target
              + ": "
              + reason(e)
              + "; earlier checkpoints are whole: free space or mend the disk, then run again with"
              + " --resume",
          e);
    }
  }

  private void writeModel(DualEncoder model, Path directory) throws IOException {
    ModelDirectory.write(model, directory);
    for (Map.Entry<String, String> extra : extras.entrySet()) {
      Files.writeString(directory.resolve(extra.getKey()), extra.getValue());
    }
  }

  private static void writeState(TrainState state, Path directory) throws IOException {
    Files.writeString(directory.resolve(STATE), Json.PRETTY.writeValueAsString(state) + "\n");
  }

  /** Later steps than this one's are those of a future that a broken checkpoint ended. */
  private void prune(Path newest) {
    try {
      List<Path> steps = new ArrayList<>(steps());
      while (!steps.getLast().equals(newest)) {
        Staged.delete(steps.removeLast());
      }
      for (Path old : steps.subList(0, Math.max(0, steps.size() - keep))) {
        Staged.delete(old);
      }
    } catch (IOException e) {
      throw FacetException.run("cannot remove an old checkpoint: " + reason(e), e);
    }
  }

  private List<Path> list(String prefix) throws IOException {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, prefix + "*")) {
        entries.forEach(found::add);
      }
    }
    found.sort(Comparator.comparing(path -> path.getFileName().toString()));
    return found;
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
