package dev.facet.eval.stored;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.loader.table.ObjectSink;
import dev.facet.loader.table.ParquetTable;
import dev.facet.loader.table.VectorFields;
import dev.facet.loader.table.VectorSink;
import dev.facet.loader.table.VectorTable;
import dev.facet.loader.vector.Element;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Finds what lies nearest to a vector in a folder that {@code facet embed} wrote. Exact: every
 * vector is compared. The files are read one after the other, so memory does not grow with them.
 */
public final class StoredSearch {
  /** Places looked at for one that is told, as a picture or caption often stands in many rows. */
  private static final int SPARE = 4;

  private final Path folder;
  private final EmbedManifest manifest;
  private final Side side;

  private StoredSearch(Path folder, EmbedManifest manifest, Side side) {
    this.folder = folder;
    this.manifest = manifest;
    this.side = side;
  }

  /**
   * Finds the nearest of one side. A picture that several rows show, or a caption that several
   * pictures have, is told once: where it scores highest, of equal ones the first.
   *
   * @param query a unit vector as wide as the stored ones
   * @param most how many to find
   * @param progress told how many vectors are compared
   * @return best first
   * @throws FacetException if the folder holds no embeddings, or is damaged
   */
  public static List<Found> nearest(
      Path folder, Side side, float[] query, int most, LongConsumer progress) throws IOException {
    EmbedManifest manifest = StoredEmbeddings.manifest(folder);
    if (query.length != manifest.of().width()) {
      throw new IllegalArgumentException(
          query.length + " numbers beside vectors of " + manifest.of().width());
    }
    StoredSearch search = new StoredSearch(folder, manifest, side);
    long wanted = (long) most * SPARE;
    while (true) {
      List<Best.Place> places =
          search.places(query, (int) Math.min(Integer.MAX_VALUE, wanted), progress);
      List<Found> found = search.distinct(places, most);
      if (found.size() == most || places.size() < wanted) {
        return found;
      }
      wanted *= SPARE;
    }
  }

  private List<Best.Place> places(float[] query, int most, LongConsumer progress)
      throws IOException {
    Best best = new Best(most);
    long compared = 0;
    for (int part = 0; part < manifest.parts().size(); part++) {
      compared += compare(query, part, best);
      progress.accept(compared);
    }
    return best.places();
  }

  /** Returns how many vectors were compared. */
  private long compare(float[] query, int part, Best best) throws IOException {
    Path file = file(part);
    long[] count = new long[1];
    VectorTable.open(file, VectorFields.ID, VectorFields.EMBEDDING, Element.AUTO)
        .read(
            new VectorSink() {
              @Override
              public void row(long number, String id, float @Nullable [] vector, int numbers) {
                if (vector == null || numbers != query.length) {
                  throw refuse(file, "row " + number + " has no vector of " + query.length);
                }
                float score = score(query, vector);
                if (!Float.isFinite(score)) {
                  throw refuse(file, "the vector of row " + number + " is not finite");
                }
                best.offer(part, Math.toIntExact(number), score);
                count[0]++;
              }

              @Override
              public void unreadable(long first, long unread, String why) {
                throw FacetException.run(why);
              }
            });
    return count[0];
  }

  /** The cosine: float16 took the length 1 from the stored vector. */
  private static float score(float[] query, float[] vector) {
    float sum = 0;
    float squares = 0;
    for (int k = 0; k < query.length; k++) {
      sum = Math.fma(query[k], vector[k], sum);
      squares = Math.fma(vector[k], vector[k], squares);
    }
    return squares == 0 ? 0 : sum / (float) Math.sqrt(squares);
  }

  private List<Found> distinct(List<Best.Place> places, int most) throws IOException {
    Map<Integer, List<Integer>> byPart = new HashMap<>();
    for (Best.Place place : places) {
      byPart.computeIfAbsent(place.part(), _ -> new ArrayList<>()).add(place.row());
    }
    Map<Integer, Map<Integer, ObjectNode>> cells = new HashMap<>();
    for (Map.Entry<Integer, List<Integer>> each : byPart.entrySet()) {
      cells.put(each.getKey(), cells(each.getKey(), each.getValue()));
    }
    SequencedMap<String, Found> found = new LinkedHashMap<>();
    for (Best.Place place : places) {
      ObjectNode row = cells.getOrDefault(place.part(), Map.of()).get(place.row());
      if (row == null) {
        throw refuse(file(place.part()), "it became another while it was read");
      }
      found.putIfAbsent(row.path(known()).asText(), found(row, place.score()));
      if (found.size() == most) {
        break;
      }
    }
    return List.copyOf(found.sequencedValues());
  }

  private Found found(ObjectNode row, float score) {
    boolean picture = side == Side.PICTURES;
    JsonNode texts = row.path(picture ? PartFiles.CAPTIONS : PartFiles.CAPTION);
    return new Found(
        row.path(picture ? VectorFields.ID : PartFiles.IMAGE_ID).asText(),
        row.path(PartFiles.ROW).asLong(),
        texts.isArray()
            ? StreamSupport.stream(texts.spliterator(), false).map(JsonNode::asText).toList()
            : List.of(texts.asText()),
        score);
  }

  /** The column by which the same thing is known again. */
  private String known() {
    return side == Side.PICTURES ? PartFiles.PICTURE : PartFiles.TOKENS;
  }

  /** What some rows of a part say, by their number. */
  private Map<Integer, ObjectNode> cells(int part, List<Integer> rows) throws IOException {
    List<String> columns =
        side == Side.PICTURES
            ? List.of(
                VectorFields.ID,
                PartFiles.CAPTIONS,
                PartFiles.ROW,
                PartFiles.PICTURE,
                PartFiles.MODEL)
            : List.of(
                PartFiles.IMAGE_ID,
                PartFiles.CAPTION,
                PartFiles.ROW,
                PartFiles.TOKENS,
                PartFiles.MODEL);
    Path file = file(part);
    ParquetTable table = ParquetTable.open(file);
    for (String column : columns) {
      if (!table.has(column)) {
        throw refuse(file, "there is no column `%s`".formatted(column));
      }
    }
    Set<Integer> wanted = Set.copyOf(rows);
    Map<Integer, ObjectNode> cells = new HashMap<>();
    table.read(
        columns,
        new ObjectSink() {
          @Override
          public void row(long number, ObjectNode row) {
            if (wanted.contains((int) number)) {
              String model = row.path(PartFiles.MODEL).asText();
              if (!model.equals(manifest.of().model())) {
                throw refuse(file, "row %s was made by the model %s".formatted(number, model));
              }
              cells.put((int) number, row);
            }
          }

          @Override
          public void unreadable(long first, long count, String why) {
            throw FacetException.run(why);
          }
        });
    return cells;
  }

  private Path file(int part) {
    return folder.resolve(side.folder()).resolve(manifest.parts().get(part).name());
  }

  private static FacetException refuse(Path file, String why) {
    return FacetException.usage(file + ": " + why + ": embed the data again");
  }
}
