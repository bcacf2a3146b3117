package dev.facet.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import dev.facet.base.Staged;
import dev.facet.model.DualEncoder;
import dev.facet.model.adapt.AdapterFolder;
import dev.facet.model.checkpoint.ModelDirectory;
import dev.facet.model.tensors.FolderContent;
import dev.facet.model.tensors.TensorFile;
import dev.facet.model.training.Finiteness;
import dev.facet.model.weights.TensorType;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of a run, {@code step-00000500} and {@code best}. Each is a model folder that
 * other tools open, plus optimizer and state; each appears whole, with checksums, and older ones go
 * only after that.
 */
public final class Checkpoints {
  /** Where a run directory keeps them. */
  public static final String FOLDER = "checkpoints";

  public static final String BEST = "best";

  /** Averaged weights, as the last evaluation met them. */
  public static final String AVERAGES = "ema";

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
    this.folder = runDir.resolve(FOLDER);
    this.keep = keep;
    this.extras = Map.copyOf(extras);
  }

  /**
   * Copies everything needed to go on.
   *
   * @param beside what is kept beside the weights: the optimizer's moments, averages
   * @param before an earlier copy that was written, whose memory this one takes over; it cannot be
   *     written again, and is closed with this one
   * @throws FacetException if the weights are no numbers any more
   */
  public Snapshot snapshot(
      DualEncoder model, Map<String, NDArray> beside, TrainState state, @Nullable Snapshot before) {
    requireFinite(model, beside, state);
    NDManager host =
        before == null ? NDManager.newBaseManager(Device.cpu(), "PyTorch") : before.host;
    Path target = folder(state);
    try (NDManager scope = model.manager().newSubManager()) {
      FolderContent content = content(scope, model, state);
      AdapterFolder.addBase(model, content);
      content.arrays(OPTIMIZER, beside, TensorType.F32, Map.of());
      return new Snapshot(
          target, content.copied(host, before == null ? null : before.content), host);
    } catch (IOException e) {
      close(host, before);
      throw unwritten(target, e);
    } catch (RuntimeException | Error e) {
      close(host, before);
      throw e;
    }
  }

  /** Frees what has no owner yet. */
  private static void close(NDManager host, @Nullable Snapshot before) {
    if (before == null) {
      host.close();
    }
  }

  /** A step as it was, in memory, on its way to the disk. */
  public static final class Snapshot implements AutoCloseable {
    private final Path target;
    private final FolderContent content;
    private final NDManager host;

    private Snapshot(Path target, FolderContent content, NDManager host) {
      this.target = target;
      this.content = content;
      this.host = host;
    }

    /**
     * Writes the checkpoint; any thread may.
     *
     * @throws FacetException if it cannot be written; then all earlier ones stay
     */
    public void write() {
      Checkpoints.write(target, content);
    }

    @Override
    public void close() {
      host.close();
    }
  }

  /** Replaces the best model; it holds no optimizer state. */
  public void saveBest(DualEncoder model, TrainState state) {
    saveModel(BEST, model, state);
  }

  /** Replaces the model of averaged weights. */
  void saveAverages(DualEncoder model, TrainState state) {
    saveModel(AVERAGES, model, state);
  }

  private void saveModel(String name, DualEncoder model, TrainState state) {
    requireFinite(model, Map.of(), state);
    Path target = folder.resolve(name);
    try (NDManager scope = model.manager().newSubManager()) {
      write(target, content(scope, model, state));
    } catch (IOException e) {
      throw unwritten(target, e);
    }
  }

  /**
   * Restores the newest whole checkpoint in place.
   *
   * @param warn told about broken checkpoints that were passed over
   * @return its state, or null if there is no checkpoint
   */
  public @Nullable TrainState restore(
      DualEncoder model, Map<String, NDArray> beside, Consumer<String> warn) throws IOException {
    return restore(model, beside, state -> true, warn);
  }

  /**
   * As {@link #restore(DualEncoder, Map, Consumer)}, of those that are wanted.
   *
   * @param wanted by their states
   */
  @Nullable TrainState restore(
      DualEncoder model,
      Map<String, NDArray> beside,
      Predicate<TrainState> wanted,
      Consumer<String> warn)
      throws IOException {
    for (Path checkpoint : steps().reversed()) {
      String problem = Checksums.verify(checkpoint);
      if (problem != null) {
        warn.accept(checkpoint + " is broken (" + problem + "); trying the one before");
        continue;
      }
      TrainState state = Json.read(checkpoint.resolve(STATE), TrainState.class);
      if (!wanted.test(state)) {
        continue;
      }
      TensorFile.read(checkpoint.resolve(ModelDirectory.WEIGHTS), model.weights());
      AdapterFolder.restore(model, checkpoint);
      TensorFile.read(checkpoint.resolve(OPTIMIZER), beside);
      return withBest(state, warn);
    }
    return null;
  }

  /** What the best checkpoint says, which is newer; nothing where there is none any more. */
  private TrainState withBest(TrainState state, Consumer<String> warn) throws IOException {
    Path best = folder.resolve(BEST);
    String problem = Files.exists(best) ? Checksums.verify(best) : "there is none";
    if (problem == null) {
      return state.withBestOf(Json.read(best.resolve(STATE), TrainState.class));
    }
    if (state.bestStep() > 0) {
      warn.accept(best + " is broken (" + problem + "); the next evaluation takes its place");
    }
    return state.withoutBest();
  }

  /** What the checkpoint of a step is called. */
  public static String name(long step) {
    return String.format(Locale.ROOT, "%s%08d", STEP, step);
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

  /** A model that has diverged must not take the place of one that has not. */
  private static void requireFinite(
      DualEncoder model, Map<String, NDArray> moments, TrainState state) {
    Map<String, NDArray> all = new LinkedHashMap<>(model.weights());
    all.putAll(model.trained());
    all.putAll(moments);
    List<String> broken = Finiteness.broken(model.manager(), all);
    if (!broken.isEmpty()) {
      throw FacetException.run(
          String.format(
              Locale.ROOT,
              "the model has diverged: after step %d %s (%d of %d arrays) is not finite, so it is"
                  + " not saved and the checkpoints before stay; start another run with a lower"
                  + " train.lr or more train.warmup_steps: --set run.dir=... and, to keep what was"
                  + " learned, --set model.init=... with one of those checkpoints",
              state.step(),
              broken.getFirst(),
              broken.size(),
              all.size()));
    }
  }

  private static void write(Path target, FolderContent content) {
    try (Staged staged = Staged.directory(target)) {
      content.write(staged.path());
      Checksums.write(staged.path());
      staged.commit();
    } catch (IOException e) {
      throw unwritten(target, e);
    }
  }

  private static FacetException unwritten(Path target, IOException e) {
    return FacetException.run(
        "cannot write checkpoint "
            + target
            + ": "
            + reason(e)
            + "; earlier checkpoints are whole: free space or mend the disk, then run again with"
            + " --resume",
        e);
  }

  private FolderContent content(NDManager scope, DualEncoder model, TrainState state)
      throws IOException {
    FolderContent content = ModelDirectory.content(scope, model, TensorType.F32);
    extras.forEach(content::text);
    return content.text(STATE, Json.PRETTY.writeValueAsString(state) + "\n");
  }

  /**
   * Removes what is no longer to be kept beside the newest. Later steps than that are those of a
   * future that a broken checkpoint ended.
   */
  public void prune(TrainState newest) {
    try {
      List<Path> steps = new ArrayList<>(steps());
      while (!steps.getLast().equals(folder(newest))) {
        Staged.delete(steps.removeLast());
      }
      for (Path old : steps.subList(0, Math.max(0, steps.size() - keep))) {
        Staged.delete(old);
      }
    } catch (IOException e) {
      throw FacetException.run("cannot remove an old checkpoint: " + reason(e), e);
    }
  }

  private Path folder(TrainState state) {
    return folder.resolve(name(state.step()));
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
