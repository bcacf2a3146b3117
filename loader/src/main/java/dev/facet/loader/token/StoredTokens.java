package dev.facet.loader.token;

import dev.facet.base.FacetException;
import dev.facet.base.Staged;
import dev.facet.loader.TextEncoder;
import dev.facet.loader.data.CaptionSettings;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.index.IndexCache;
import dev.facet.loader.storage.StorageException;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A tokenizer that was asked beforehand: ids come out of a file that is made once for a data set,
 * and what is not in it (a caption that was changed, or speaks of the other side where its picture
 * is mirrored) goes to the tokenizer. Thread-safe.
 */
public final class StoredTokens implements TextEncoder {
  /** Captions that the tokenizer is given at once, so that all cores have some. */
  private static final int AT_ONCE = 4096;

  private final TextEncoder tokenizer;
  private final TokenFile file;

  private StoredTokens(TextEncoder tokenizer, TokenFile file) {
    this.tokenizer = tokenizer;
    this.file = file;
  }

  /**
   * Opens the ids of a data set's captions, made before or made now: beside the data, else in the
   * user's cache folder.
   *
   * @param root of the data
   * @param identity all that decides which ids a caption gets
   * @param progress told the number of rows whose captions are done, where they have to be made
   * @throws FacetException if no file can be written
   */
  public static StoredTokens of(
      Dataset data, Path root, TextEncoder tokenizer, String identity, LongConsumer progress)
      throws IOException {
    String settings = "tokens " + identity + " " + tokenizer.contextLength();
    List<Path> places = IndexCache.of(root, IndexCache.cacheFolder(), settings).places();
    for (Path place : places) {
      TokenFile found = find(place, data.layout(), tokenizer.contextLength());
      if (found != null) {
        return new StoredTokens(tokenizer, found);
      }
    }
    IOException last = new IOException("no folder may be written");
    for (Path place : places) {
      try {
        if (IndexCache.mayWrite(place)) {
          write(place, data, tokenizer, progress);
          return new StoredTokens(tokenizer, TokenFile.open(place));
        }
      } catch (StorageException e) {
        throw e; // the data cannot be read, wherever the file would lie
      } catch (IOException e) {
        last = e;
      }
    }
    throw FacetException.run(
        ("cannot write the tokens of %s to %s (%s): make room there, let XDG_CACHE_HOME name a folder"
                + " that can be written, or set data.stored_tokens to false")
            .formatted(data.name(), places.getLast().getParent(), last.getMessage()),
        last);
  }

  private static @Nullable TokenFile find(Path place, long layout, int contextLength) {
    try {
      TokenFile file = TokenFile.open(place);
      if (file.layout() == layout && file.contextLength() == contextLength) {
        return file;
      }
      file.close();
    } catch (IOException e) {
      // Not there or damaged: cured by making it.
    }
    return null;
  }

  private static void write(Path place, Dataset data, TextEncoder tokenizer, LongConsumer progress)
      throws IOException {
    try (Staged staged = Staged.file(place)) {
      try (TokenFileWriter writer = new TokenFileWriter(staged.path(), tokenizer.contextLength())) {
        long rows = 0;
        for (int chunk = 0; chunk < data.chunkCount(); chunk++) {
          List<String> captions = captions(data, chunk);
          for (int from = 0; from < captions.size(); from += AT_ONCE) {
            List<String> some = captions.subList(from, Math.min(from + AT_ONCE, captions.size()));
            List<long[]> ids =
                some.parallelStream().map(caption -> ids(tokenizer, caption)).toList();
            for (int i = 0; i < some.size(); i++) {
              writer.add(some.get(i), ids.get(i));
            }
          }
          rows += data.rowCount(chunk);
          progress.accept(rows);
        }
        writer.finish(data.layout());
      }
      staged.commit();
    }
  }

  /** A chunk that cannot be read has no captions here; the loader will report its rows. */
  private static List<String> captions(Dataset data, int chunk) throws IOException {
    try {
      return data.captions(chunk).stream().flatMap(List::stream).toList();
    } catch (StorageException e) {
      throw e; // the machine is to blame, not the chunk
    } catch (IOException e) {
      return List.of();
    }
  }

  private static long[] ids(TextEncoder tokenizer, String caption) {
    LongBuffer ids = LongBuffer.allocate(tokenizer.contextLength());
    tokenizer.encode(caption, ids);
    return ids.array();
  }

  /** Number of different captions that are stored. */
  public long captions() {
    return file.captions();
  }

  @Override
  public int contextLength() {
    return tokenizer.contextLength();
  }

  @Override
  public CaptionSettings parts() {
    return tokenizer.parts();
  }

  @Override
  public void encode(String caption, LongBuffer ids) {
    if (!file.read(caption, ids)) {
      tokenizer.encode(caption, ids);
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
