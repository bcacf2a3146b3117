package dev.facet.base.hub;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.FacetException;
import dev.facet.base.Json;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Models and data sets by name, as folders of the cache that is shared with the Hub's Python
 * programs: what one has fetched the other finds.
 */
public final class Hub {
  private static final String INDEX = "model.safetensors.index.json";

  private final HubSettings settings;
  private final HubClient client;
  private final HubWatch watch;

  public Hub(HubSettings settings, HubWatch watch) {
    this.settings = settings;
    this.client = new HubClient(settings);
    this.watch = watch;
  }

  /**
   * The folder of a repository. A model that lies in the cache, with all that there is of its
   * settings, is used without asking. Otherwise, and of a data set, the Hub is asked which files
   * there are, and what is missing is fetched.
   *
   * @throws FacetException usage, if there is no such thing or it is not open to everybody; run, if
   *     it can neither be fetched nor found in the cache
   */
  public Path folder(HubName name) throws IOException {
    Optional<String> commit = cached(name);
    return commit.isPresent() && isWhole(name, commit.get())
        ? cache(name).snapshot(commit.get())
        : fetch(name);
  }

  /** Another program may have fetched what it needed alone: a model without its processor, say. */
  private boolean isWhole(HubName name, String commit) {
    HubCache cache = cache(name);
    return name.kind() == HubName.Kind.MODEL
        && NeededFiles.SETTINGS.stream()
            .allMatch(file -> cache.has(commit, file) || cache.lacks(commit, file));
  }

  /** The same, and asks the Hub in any case whether there is a newer commit. */
  public Path fetch(HubName name) throws IOException {
    try {
      return settings.offline() ? found(name, "HF_HUB_OFFLINE is set") : fetched(name);
    } catch (FileSystemException e) {
      return found(name, "the cache cannot be written to (" + e + ")");
    } catch (IOException e) {
      return found(name, settings.endpoint() + " cannot be reached (" + reason(e) + ")");
    }
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private HubCache cache(HubName name) {
    return new HubCache(settings, name);
  }

  /** The commit in the cache, of a data set with any files, of a model with config and weights. */
  private Optional<String> cached(HubName name) throws IOException {
    HubCache cache = cache(name);
    Optional<String> commit = cache.commit(name);
    if (commit.isEmpty()) {
      return commit;
    }
    List<String> files = cache.files(commit.get());
    boolean there =
        name.kind() == HubName.Kind.MODEL
            ? NeededFiles.isModel(files) || isSharded(cache.snapshot(commit.get()), files)
            : !files.isEmpty();
    return there ? commit : Optional.empty();
  }

  private static boolean isSharded(Path snapshot, List<String> files) throws IOException {
    if (!files.contains("config.json") || !files.contains(INDEX)) {
      return false;
    }
    JsonNode parts = Json.read(snapshot.resolve(INDEX), JsonNode.class).path("weight_map");
    for (JsonNode part : parts) {
      if (!files.contains(part.asText())) {
        return false;
      }
    }
    return !parts.isEmpty();
  }

  private Path found(HubName name, String why) throws IOException {
    Optional<String> commit = cached(name);
    if (commit.isEmpty()) {
      throw FacetException.run(
          "%s is not in the cache at %s, and %s; fetch it where there is a network: facet fetch %1$s"
              .formatted(name, settings.cache(), why));
    }
    int files = cache(name).files(commit.get()).size();
    String used =
        isWhole(name, commit.get())
            ? "what is in the cache is used"
            : "the %s files in the cache are taken for all of it".formatted(files);
    watch.note("%s: %s; %s".formatted(name, why, used));
    return cache(name).snapshot(commit.get());
  }

  private Path fetched(HubName name) throws IOException {
    HubClient.Revision revision = client.revision(name);
    List<String> needed = NeededFiles.of(name, revision.files());
    if (needed.isEmpty()) {
      throw FacetException.usage(
          "%s holds nothing that Facet reads: see %s".formatted(name, client.page(name)));
    }
    HubCache cache = cache(name);
    Map<String, HubFile> missing = new LinkedHashMap<>();
    for (String file : needed) {
      if (!cache.has(revision.commit(), file)) {
        missing.put(file, client.file(name, revision.commit(), file));
      }
    }
    if (!missing.isEmpty()) {
      download(name, revision.commit(), missing);
    }
    if (name.kind() == HubName.Kind.MODEL) {
      for (String file : NeededFiles.SETTINGS) {
        if (!revision.files().contains(file)) {
          cache.noteAbsent(revision.commit(), file);
        }
      }
    }
    cache.remember(name, revision.commit());
    return cache.snapshot(revision.commit());
  }

  private void download(HubName name, String commit, Map<String, HubFile> missing)
      throws IOException {
    HubCache cache = cache(name);
    long total = 0;
    long there = 0;
    for (Map.Entry<String, HubFile> each : missing.entrySet()) {
      long size = Math.max(0, each.getValue().size());
      total += size;
      boolean whole = Files.isRegularFile(cache.blob(each.getValue()));
      there += whole ? size : part(cache, each).there();
    }
    try (HubWatch.Count count = watch.begin(name, total, there)) {
      long before = 0;
      for (Map.Entry<String, HubFile> each : missing.entrySet()) {
        long done = before;
        if (!Files.isRegularFile(cache.blob(each.getValue()))) {
          part(cache, each)
              .run(
                  from -> client.open(name, commit, each.getKey(), from),
                  bytes -> count.update(done + bytes));
        }
        cache.link(commit, each.getKey(), each.getValue());
        before += Math.max(0, each.getValue().size());
        count.update(before);
      }
    }
  }

  private static HubDownload part(HubCache cache, Map.Entry<String, HubFile> file) {
    return new HubDownload(file.getKey(), file.getValue(), cache.blob(file.getValue()));
  }
}
