package dev.facet.prepare.source;

import dev.facet.base.FacetException;
import dev.facet.base.GitLfs;
import dev.facet.loader.table.VectorSink;
import dev.facet.loader.table.VectorTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Files of vectors that belong to the rows of a table by their ids, as {@code
 * Embedding_1..11.parquet}. Memory stays flat. May be read by several threads at once.
 */
public final class EmbeddingFiles {
  /** So many rows of a file are looked at to tell how wide its vectors are. */
  private static final int ROWS_LOOKED_AT = 200;

  private final EmbeddingColumns columns;
  private final List<TableFile> files;
  private final int width;

  private EmbeddingFiles(EmbeddingColumns columns, List<TableFile> files, int width) {
    this.columns = columns;
    this.files = files;
    this.width = width;
  }

  /**
   * Looks for files at a path, and in each for the columns.
   *
   * @throws FacetException if none is there, one is no Parquet file, several columns of one could
   *     be the one, or the vectors of one are of another width than those before
   */
  public static EmbeddingFiles open(Path fileOrFolder, EmbeddingColumns columns) {
    List<TableFile> files =
        TablePaths.findParquet(fileOrFolder).stream()
            .map(path -> file(fileOrFolder, path, columns))
            .toList();
    int width = 0;
    TableFile first = null; // with this width
    for (TableFile file : files) {
      int its = usualWidth(file, columns);
      if (width != 0 && its != 0 && its != width) {
        throw FacetException.usage(
            String.format(
                Locale.ROOT,
                "the vectors of %s have %d numbers, those of %s %d: they come from different models"
                    + " or editions; take the files of one",
                file.path(),
                its,
                first == null ? fileOrFolder : first.path(),
                width));
      }
      if (width == 0) {
        width = its;
        first = file;
      }
    }
    if (width == 0) {
      throw FacetException.usage(
          fileOrFolder + " has no vectors: download it again, or set embeddings.embedding");
    }
    return new EmbeddingFiles(columns, files, width);
  }

  private static TableFile file(Path root, Path path, EmbeddingColumns columns) {
    GitLfs.refuse(path);
    try {
      VectorTable table = table(path, columns);
      return new TableFile(TablePaths.name(root, path), path, Files.size(path), table.rows());
    } catch (IOException e) {
      throw TableReading.unreadable(path, e);
    }
  }

  private static VectorTable table(Path path, EmbeddingColumns columns) {
    return VectorTable.open(path, columns.id(), columns.embedding(), columns.element());
  }

  /** The width that most of the first vectors have; 0 if there are none. */
  private static int usualWidth(TableFile file, EmbeddingColumns columns) {
    Map<Integer, Integer> counts = new TreeMap<>();
    try {
      table(file.path(), columns)
          .firstWidths(ROWS_LOOKED_AT)
          .forEach(each -> counts.merge(each, 1, Integer::sum));
    } catch (IOException e) {
      throw TableReading.unreadable(file.path(), e);
    }
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(0);
  }

  /** The files, numbers in their names by value: {@code Embedding_2} before {@code _10}. */
  public List<TableFile> files() {
    return files;
  }

  /** Numbers of a vector. */
  public int width() {
    return width;
  }

  /** Rows of all files. */
  public long count() {
    return files.stream().mapToLong(TableFile::rows).sum();
  }

  /**
   * Reads the rows of a file in order.
   *
   * @throws FacetException if the file as a whole cannot be read, any more
   * @throws IOException from the sink
   * @throws InterruptedException from the sink, or when the thread is interrupted
   */
  public void read(TableFile file, EmbeddingSink sink) throws IOException, InterruptedException {
    TableReading.run(file.path(), () -> table(file.path(), columns).read(new Checked(sink)));
  }

  private final class Checked implements VectorSink {
    private final EmbeddingSink sink;
    private float[] exact = new float[0];

    Checked(EmbeddingSink sink) {
      this.sink = sink;
    }

    @Override
    public void row(long number, String id, float @Nullable [] vector, int itsWidth)
        throws IOException {
      TableReading.checkInterrupt();
      VectorFault fault = VectorFault.of(id, vector, itsWidth, width);
      if (fault != null || vector == null) {
        VectorFault its = fault == null ? VectorFault.EMBEDDING_NULL : fault;
        TableReading.give(() -> sink.unusable(number, id, its));
        return;
      }
      if (vector.length != width) {
        exact = exact.length == width ? exact : new float[width];
        System.arraycopy(vector, 0, exact, 0, width);
      } else {
        exact = vector;
      }
      TableReading.give(() -> sink.vector(number, id, exact));
    }

    @Override
    public void unreadable(long first, long count, String why) throws IOException {
      TableReading.give(() -> sink.unreadable(first, count, why));
    }
  }
}
