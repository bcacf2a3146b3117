package dev.facet.loader.shard.writing;

import dev.facet.loader.shard.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The shards of one split, one after the other. */
final class SplitWriter implements AutoCloseable {
  private final Path folder;
  private final String split;
  private final ShardWriter.Settings settings;
  private final List<Manifest.ShardInfo> files = new ArrayList<>();

  private @Nullable ShardFileWriter shard;

  SplitWriter(Path folder, String split, ShardWriter.Settings settings) {
    this.folder = folder;
    this.split = split;
    this.settings = settings;
  }

  void write(ShardRow row) throws IOException {
    ShardFileWriter open = shard;
    if (open == null) {
      open = new ShardFileWriter(folder.resolve(fileName()), List.of(), settings.rowsPerGroup());
      shard = open;
    }
    open.write(row);
    if (open.count() == settings.rowsPerShard()) {
      close();
    }
  }

  /** The finished files; complete after {@link #close}. */
  List<Manifest.ShardInfo> files() {
    return files;
  }

  private String fileName() {
    return String.format(Locale.ROOT, "%s-%05d.parquet", split, files.size());
  }

  /** Finishes the current file. */
  @Override
  public void close() throws IOException {
    ShardFileWriter open = shard;
    if (open != null) {
      shard = null;
      files.add(open.finish(fileName(), split));
    }
  }
}
