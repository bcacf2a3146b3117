package dev.facet.spark;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** A file system with a scheme of its own, {@code box:}, that keeps its files on this machine. */
public final class BoxFileSystem extends RawLocalFileSystem {
  private static final URI HERE = URI.create("box:///");

  @Override
  public URI getUri() {
    return HERE;
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    File file = pathToFile(path);
    if (!file.exists()) {
      throw new FileNotFoundException(path.toString());
    }
    Path own = path.makeQualified(HERE, getWorkingDirectory());
    return new FileStatus(file.length(), file.isDirectory(), 1, 1 << 20, file.lastModified(), own);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    File file = pathToFile(path);
    String[] names = file.list();
    if (names == null) {
      return new FileStatus[] {getFileStatus(path)};
    }
    FileStatus[] found = new FileStatus[names.length];
    for (int i = 0; i < names.length; i++) {
      found[i] = getFileStatus(new Path(path, names[i]));
    }
    return found;
  }
}
