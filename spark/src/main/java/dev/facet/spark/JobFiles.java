package dev.facet.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Abortable;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.jspecify.annotations.Nullable;

/**
 * The files that driver and executors share, in whatever file system of Hadoop's they lie. A file
 * appears under its name whole or not at all.
 */
final class JobFiles implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Where a file appears when it is closed, and a rename would be a copy that others can see. */
  private static final Set<String> APPEARS_WHOLE = Set.of("s3a", "gs");

  /** Hadoop's own settings, which its class cannot send. */
  private final TreeMap<String, String> settings = new TreeMap<>();

  private transient @Nullable Configuration configuration;

  /** What writes a file. */
  interface Content {
    void to(OutputStream out) throws IOException;
  }

  JobFiles(Configuration configuration) {
    for (Map.Entry<String, String> each : configuration) {
      settings.put(each.getKey(), each.getValue());
    }
    // The usual one puts a file of checksums beside each, which others would take for data.
    settings.put("fs.file.impl", RawLocalFileSystem.class.getName());
    // Nor is the usual one to be had where somebody else asked for it before.
    settings.put("fs.file.impl.disable.cache", "true");
  }

  private synchronized FileSystem system(URI file) throws IOException {
    if (configuration == null) {
      configuration = new Configuration(false);
      settings.forEach(configuration::set);
    }
    return FileSystem.get(file, configuration);
  }

  boolean exists(URI file) throws IOException {
    return system(file).exists(new Path(file));
  }

  long size(URI file) throws IOException {
    return system(file).getFileStatus(new Path(file)).getLen();
  }

  FSDataInputStream open(URI file) throws IOException {
    return system(file).open(new Path(file));
  }

  /** Removes a file, or a folder with all in it; a missing one is no error. */
  void delete(URI file) throws IOException {
    system(file).delete(new Path(file), true);
  }

  /**
   * A file that is there.
   *
   * @param modified milliseconds since 1970
   */
  record Listed(URI place, long bytes, long modified) {}

  /**
   * All files below a folder by their paths there; one alone has none. Empty if nothing is there.
   */
  SortedMap<String, Listed> list(URI folder) throws IOException {
    SortedMap<String, Listed> found = new TreeMap<>();
    FileSystem system = system(folder);
    Path root = new Path(folder);
    if (!system.exists(root)) {
      return found;
    }
    RemoteIterator<LocatedFileStatus> all = system.listFiles(root, true);
    while (all.hasNext()) {
      LocatedFileStatus file = all.next();
      URI place = file.getPath().toUri();
      String below = place.getPath().substring(root.toUri().getPath().length());
      found.put(
          below.startsWith("/") ? below.substring(1) : below,
          new Listed(place, file.getLen(), file.getModificationTime()));
    }
    return found;
  }

  /** Writes a file in place of one that may be there. */
  void replace(URI file, Content content) throws IOException {
    delete(file);
    put(file, content);
  }

  /** Writes a file, unless one of that name has come meanwhile, which stays. */
  void put(URI file, Content content) throws IOException {
    FileSystem system = system(file);
    Path target = new Path(file);
    if (APPEARS_WHOLE.contains(system.getUri().getScheme())) {
      write(system, target, content);
      return;
    }
    Path staged =
        new Path(target.getParent(), ".tmp-" + UUID.randomUUID() + "-" + target.getName());
    write(system, staged, content);
    boolean renamed = !system.exists(target) && system.rename(staged, target);
    if (!renamed) {
      system.delete(staged, false);
      if (!system.exists(target)) {
        throw new IOException("cannot rename a finished file to " + target);
      }
    }
  }

  private static void write(FileSystem system, Path to, Content content) throws IOException {
    FSDataOutputStream out = system.create(to, true);
    try {
      content.to(out);
    } catch (Throwable e) {
      giveUp(system, out, to, e);
      throw e;
    }
    out.close();
  }

  /** Lets nothing appear. */
  private static void giveUp(
      FileSystem system, FSDataOutputStream out, Path to, Throwable because) {
    try {
      if (out.getWrappedStream() instanceof Abortable abortable) {
        abortable.abort();
      } else {
        out.close();
        system.delete(to, false);
      }
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }
}
