package dev.facet.spark;

import dev.facet.base.FacetException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The driver's folder of shards and its copy in the file system of the cluster, which a driver on
 * another machine can go on from. Parts are not among it.
 */
final class Mirror {
  /** Below the folder; what a preparation has to know. */
  private static final String STATE = ".prepare/";

  private static final String PARTS = STATE + "parts/";
  private static final String SOURCE = STATE + "source/";
  private static final String LOCK = STATE + "lock";

  /** Says which plans are finished, and so is written when everything else is there. */
  private static final String LAST = STATE + "state.json";

  private final JobFiles files;
  private final URI store;

  /**
   * @param store folder, with a slash at its end
   */
  Mirror(JobFiles files, URI store) {
    this.files = files;
    this.store = store;
  }

  URI parts() {
    return store.resolve(PARTS);
  }

  /** Brings what is kept, if this machine has nothing of it. */
  void restore(Path out) throws IOException {
    if (Files.exists(out.resolve(STATE))) {
      return;
    }
    for (String name : ofInterest(files.list(store))) {
      get(files, store.resolve(name), out.resolve(name));
    }
  }

  /** Makes the copy what the folder is; the plans alone where nothing is finished yet. */
  void keep(Path out) throws IOException {
    SortedMap<String, JobFiles.Listed> there = files.list(store);
    SortedMap<String, Path> here = new TreeMap<>();
    try (Stream<Path> all = Files.walk(out)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        here.put(out.relativize(file).toString().replace('\\', '/'), file);
      }
    }
    List<String> names = ofInterest(here);
    for (String name : names) {
      Path file = here.get(name);
      JobFiles.Listed kept = there.get(name);
      boolean same =
          kept != null
              && kept.bytes() == Files.size(file)
              && kept.modified() >= Files.getLastModifiedTime(file).toMillis();
      if (!same) {
        files.replace(store.resolve(name), to -> Files.copy(file, to));
      }
    }
    for (String name : ofInterest(there)) {
      if (!here.containsKey(name)) {
        files.delete(store.resolve(name));
      }
    }
  }

  /** Removes the parts, which are shards now. */
  void dropParts() throws IOException {
    files.delete(parts());
  }

  /** Brings parts that are done. */
  void getParts(List<URI> spools, Path folder) throws IOException {
    for (URI spool : spools) {
      Path target = folder.resolve(Path.of(spool.getPath()).getFileName());
      if (!Files.exists(target)) {
        get(files, spool, target);
      }
    }
  }

  /** Brings a file or folder, and gives it the times that it has there. */
  static Path bring(JobFiles files, URI source, Path out) throws IOException {
    SortedMap<String, JobFiles.Listed> there = files.list(source);
    if (there.isEmpty()) {
      throw FacetException.usage("--source: nothing at " + source + ": name a file or folder");
    }
    Path folder = out.resolve(SOURCE);
    for (Map.Entry<String, JobFiles.Listed> each : there.entrySet()) {
      Path target =
          each.getKey().isEmpty()
              ? folder.resolve(Path.of(source.getPath()).getFileName())
              : folder.resolve(each.getKey());
      JobFiles.Listed file = each.getValue();
      if (!Files.exists(target) || Files.size(target) != file.bytes()) {
        get(files, file.place(), target);
      }
      Files.setLastModifiedTime(target, FileTime.fromMillis(file.modified()));
    }
    return folder;
  }

  private static void get(JobFiles files, URI from, Path to) throws IOException {
    Files.createDirectories(to.toAbsolutePath().getParent());
    Path staged = to.resolveSibling(".tmp-" + to.getFileName());
    try (InputStream in = files.open(from)) {
      Files.copy(in, staged, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.move(staged, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static List<String> ofInterest(SortedMap<String, ?> names) {
    List<String> wanted = new ArrayList<>();
    for (String name : names.keySet()) {
      if (!name.startsWith(PARTS)
          && !name.startsWith(SOURCE)
          && !name.equals(LOCK)
          && !name.equals(LAST)) {
        wanted.add(name);
      }
    }
    if (names.containsKey(LAST)) {
      wanted.add(LAST);
    }
    return wanted;
  }
}
