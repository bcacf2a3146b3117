package dev.facet.eval;

import dev.facet.base.FacetException;
import dev.facet.eval.retrieval.SecondLook;
import dev.facet.model.flip.Matching;
import dev.facet.model.text.CaptionTokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/**
 * The second look of a model with a matching head. What it reads of a picture, a vector for each
 * patch, is far too large for memory, so it lies in a file that goes when this is closed.
 */
public final class MatchingLook implements SecondLook, Embedder.PictureSink, AutoCloseable {
  /** Pairs that are read together at once. */
  private static final int PAIRS = 64;

  private final Matching matching;
  private final CaptionTokenizer tokenizer;
  private final Path temporary;
  private final FileChannel file;
  private int tokens;
  private int width;
  private ByteBuffer captionIds = ByteBuffer.allocate(0);

  /** Of a model's head. */
  public MatchingLook(Matching matching, CaptionTokenizer tokenizer) throws IOException {
    this.matching = matching;
    this.tokenizer = tokenizer;
    this.temporary = Files.createTempFile("facet-rerank", ".f32");
    this.file =
        FileChannel.open(
            temporary,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
  }

  @Override
  public void see(ByteBuffer images, ByteBuffer colour, int n) {
    Matching.Looked looked = matching.look(images, colour, n);
    tokens = looked.tokens();
    width = looked.width();
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, looked.numbers().length))
            .order(ByteOrder.nativeOrder());
    bytes.asFloatBuffer().put(looked.numbers());
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      throw FacetException.run(
          ("cannot keep what the matching head reads of pictures, %s kB of each, in %s (%s): make"
                  + " room there, or name another folder: FACET_JAVA_OPTS=-Djava.io.tmpdir=DIR")
              .formatted(bytes.capacity() / n / 1000, temporary.getParent(), e.getMessage()),
          e);
    }
  }

  /** The captions, in the order of their numbers. */
  public void captions(List<String> texts) {
    int length = tokenizer.contextLength();
    ByteBuffer ids =
        ByteBuffer.allocate(Math.multiplyExact(Long.BYTES * length, texts.size()))
            .order(ByteOrder.nativeOrder());
    tokenizer.encode(texts, ids.asLongBuffer());
    captionIds = ids;
  }

  @Override
  public float[] atCaptions(int image, int[] captions) {
    ByteBuffer hidden = hidden(new int[] {image});
    return inParts(
        captions, some -> matching.yes(hidden, 1, tokens, width, ids(some), some.length));
  }

  @Override
  public float[] atImages(int caption, int[] images) {
    ByteBuffer ids = ids(new int[] {caption});
    return inParts(images, some -> matching.yes(hidden(some), some.length, tokens, width, ids, 1));
  }

  private interface Pairs {
    float[] yes(int[] some);
  }

  private static float[] inParts(int[] all, Pairs pairs) {
    float[] yes = new float[all.length];
    for (int from = 0; from < all.length; from += PAIRS) {
      int[] some = Arrays.copyOfRange(all, from, Math.min(all.length, from + PAIRS));
      System.arraycopy(pairs.yes(some), 0, yes, from, some.length);
    }
    return yes;
  }

  private ByteBuffer hidden(int[] images) {
    int size = Float.BYTES * tokens * width;
    ByteBuffer all =
        ByteBuffer.allocateDirect(Math.multiplyExact(size, images.length))
            .order(ByteOrder.nativeOrder());
    for (int i = 0; i < images.length; i++) {
      ByteBuffer one = all.slice(i * size, size);
      try {
        while (one.hasRemaining()) {
          if (file.read(one, (long) images[i] * size + one.position()) < 0) {
            throw FacetException.run("the temporary file of re-ranking was cut: run it again");
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return all;
  }

  private ByteBuffer ids(int[] captions) {
    int size = Long.BYTES * tokenizer.contextLength();
    ByteBuffer all =
        ByteBuffer.allocateDirect(size * captions.length).order(ByteOrder.nativeOrder());
    for (int i = 0; i < captions.length; i++) {
      all.put(i * size, captionIds, captions[i] * size, size);
    }
    return all;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
