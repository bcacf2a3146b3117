package dev.facet.eval.stored;

import dev.facet.eval.retrieval.Embeddings;
import dev.facet.eval.retrieval.RankRate;
import dev.facet.eval.retrieval.RankingWork;
import dev.facet.eval.retrieval.RetrievalSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** A process of its own that ranks mapped vectors; prints the median rank. */
final class SmallHeap {
  static final int VECTORS = 50_000;
  private static final int WIDTH = 512;
  private static final int QUERIES = 16;

  private SmallHeap() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    RankRate ranked =
        RankRate.measure(
            random(folder.resolve("queries"), QUERIES),
            random(folder.resolve("candidates"), VECTORS),
            RetrievalSettings.standard(2),
            RankingWork.plain());
    System.out.println(ranked.figures().medianRank());
  }

  /** The first vectors are the same in each file: every query is its own answer. */
  private static Embeddings random(Path file, int rows) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    float[] vector = new float[WIDTH];
    try (MappedVectors vectors = new MappedVectors(file)) {
      for (int row = 0; row < rows; row++) {
        for (int i = 0; i < WIDTH; i++) {
          vector[i] = (random.nextInt() >> 8) * 0x1p-23f;
        }
        vectors.add(vector, WIDTH);
      }
      return new Embeddings(vectors.map(), WIDTH);
    }
  }
}
