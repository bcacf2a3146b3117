package dev.facet.loader.shard;

import dev.facet.base.FacetException;
import dev.facet.loader.data.CaptionField;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Fields;
import dev.facet.loader.data.Holdout;
import dev.facet.loader.parquet.Schema;
import dev.facet.loader.parquet.Schema.Leaf;
import dev.facet.loader.vector.Element;
import dev.facet.loader.vector.VectorColumn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the columns that the config names in the schemas of files; files with the same schema share
 * the answer. Thread-safe.
 */
final class ColumnMapper {
  private static final String LABELS = "labels";

  private static final List<String> SHA256 = List.of("sha256");

  private final Fields fields;
  private final Holdout holdout;
  private final boolean needsPictures;
  private final @Nullable String vectors;
  private final Map<Schema, ColumnMap> known = new ConcurrentHashMap<>();

  /**
   * @param needsPictures whether a file without pictures, or vectors in their places, is refused
   */
  ColumnMapper(DataSource source, boolean needsPictures) {
    this.fields = source.fields();
    this.holdout = source.holdout();
    this.needsPictures = needsPictures && source.vectors() == null;
    this.vectors = needsPictures ? source.vectors() : null;
  }

  /**
   * The columns of a file.
   *
   * @throws FacetException if it has no pictures or no captions under the names looked for
   */
  ColumnMap map(Path file, Schema schema) {
    return known.computeIfAbsent(schema, s -> new Search(file, s).map());
  }

  private final class Search {
    private final Path file;
    private final Schema schema;
    private final List<Leaf> wanted = new ArrayList<>();

    Search(Path file, Schema schema) {
      this.file = file;
      this.schema = schema;
    }

    ColumnMap map() {
      int id = one(fields.id());
      Leaf bytes = needsPictures ? bytes() : null;
      Leaf named = needsPictures ? path(bytes) : null;
      int image = bytes == null ? ColumnMap.NONE : want(bytes);
      int path = named == null ? ColumnMap.NONE : want(named);
      VectorColumn vector = vectors == null ? null : vector(vectors);
      int[] vectorColumns =
          vector == null ? new int[0] : vector.leaves().stream().mapToInt(this::want).toArray();
      CaptionColumn[] captions = captions();
      int[] captionColumns =
          Arrays.stream(captions)
              .flatMapToInt(column -> IntStream.of(column.text(), column.speaker()))
              .filter(column -> column != ColumnMap.NONE)
              .distinct()
              .toArray();
      BoxColumns box = box();
      List<Leaf> keys = schema.under(LABELS + ".key");
      List<Leaf> values = schema.under(LABELS + ".value");
      boolean labels = keys.size() == 1 && keys.getFirst().isBytes() && values.size() == 1;
      int labelKey = labels ? want(keys.getFirst()) : ColumnMap.NONE;
      int labelValue = labels ? want(values.getFirst()) : ColumnMap.NONE;
      LabelColumn[] namedLabels = namedLabels();
      int source = one(fields.source());
      int[] rowColumns = IntStream.range(0, wanted.size()).toArray();
      int split = one(fields.split());
      int[] labelColumns =
          known(
              IntStream.concat(
                  IntStream.of(id, source, labelKey, labelValue),
                  Arrays.stream(namedLabels).mapToInt(LabelColumn::column)));
      int[] names = holdout.isNone() ? new int[0] : known(IntStream.of(one(SHA256), path, id));
      int[] sideColumns = known(IntStream.concat(IntStream.of(split), IntStream.of(names)));
      int[] pictureColumns =
          known(IntStream.concat(IntStream.of(image, path), IntStream.of(sideColumns)));
      return new ColumnMap(
          List.copyOf(wanted),
          image,
          path,
          vector,
          vectorColumns,
          captions,
          id,
          source,
          box,
          labelKey,
          labelValue,
          namedLabels,
          split,
          rowColumns,
          captionColumns,
          labelColumns,
          names,
          sideColumns,
          pictureColumns);
    }

    /** Columns of one value a row; what is a list is no label. */
    private LabelColumn[] namedLabels() {
      List<LabelColumn> labels = new ArrayList<>();
      for (String name : fields.labels()) {
        List<Leaf> leaves = schema.under(name);
        if (leaves.size() == 1 && leaves.getFirst().maxRepetition() == 0) {
          labels.add(new LabelColumn(name, want(leaves.getFirst())));
        }
      }
      return labels.toArray(LabelColumn[]::new);
    }

    private static int[] known(IntStream columns) {
      return columns.filter(column -> column != ColumnMap.NONE).distinct().toArray();
    }

    /** One column may serve twice, as id and as source for instance. */
    private int want(Leaf leaf) {
      if (!wanted.contains(leaf)) {
        wanted.add(leaf);
      }
      return wanted.indexOf(leaf);
    }

    /** The first column of those names that holds one value, or the first one in it. */
    private int one(List<String> names) {
      List<Leaf> leaves = schema.underFirst(names);
      return leaves.isEmpty() ? ColumnMap.NONE : want(leaves.getFirst());
    }

    private VectorColumn vector(String name) {
      return VectorColumn.of(file, schema, name, "data.columns.embedding", Element.AUTO);
    }

    /** A column with encoded pictures; null if there is none, or only paths. */
    private @Nullable Leaf bytes() {
      for (String name : fields.image()) {
        List<Leaf> bytes =
            schema.under(name).stream().filter(leaf -> leaf.isBytes() && !leaf.text()).toList();
        Leaf known = named(bytes, "bytes");
        if (known != null || bytes.size() == 1) {
          return known != null ? known : bytes.getFirst();
        }
      }
      return null;
    }

    /**
     * A column with paths of picture files: that beside the bytes in their structure, or the first
     * one there is.
     *
     * @throws FacetException if there are neither bytes nor paths
     */
    private @Nullable Leaf path(@Nullable Leaf bytes) {
      for (String name : fields.image()) {
        List<Leaf> leaves = schema.under(name);
        List<Leaf> texts = leaves.stream().filter(leaf -> leaf.isBytes() && leaf.text()).toList();
        Leaf known = named(texts, "path");
        if (bytes != null ? leaves.contains(bytes) : known != null || texts.size() == 1) {
          return known != null || bytes != null ? known : texts.getFirst();
        }
      }
      throw noPictures();
    }

    private FacetException noPictures() {
      List<Leaf> leaves = schema.underFirst(fields.image());
      if (!schema.under("url").isEmpty()) {
        return FacetException.usage(
            ("the rows of %s hold addresses of pictures (column `url`), not pictures: download them"
                    + " first, with img2dataset for instance, and open what it wrote. Columns: %s;"
                    + " if another one holds encoded pictures, name it in data.columns.image")
                .formatted(file, schema.columns()));
      }
      if (!leaves.isEmpty()) {
        return FacetException.usage(
            ("column `%s` of %s holds neither encoded pictures nor their paths, but %s; it has the"
                    + " columns %s: name the one with the pictures in data.columns.image")
                .formatted(
                    leaves.getFirst().names().getFirst(),
                    file,
                    leaves.stream().map(leaf -> leaf.name() + " " + leaf.type()).toList(),
                    schema.columns()));
      }
      if (VectorColumn.isIn(schema)) {
        return FacetException.usage(
            ("%s holds vectors in place of pictures: set data.pictures to vectors to train on them;"
                    + " it has %s: if there are pictures, name their column in data.columns.image")
                .formatted(file, schema.columns()));
      }
      return missing(fields.image(), "encoded pictures", "data.columns.image");
    }

    private CaptionColumn[] captions() {
      List<CaptionColumn> captions = new ArrayList<>();
      for (CaptionField field : fields.captions()) {
        List<Leaf> leaves = schema.under(field.name());
        if (!leaves.isEmpty()) {
          addCaptions(field, leaves, captions);
        } else if (field.weight() > 0) {
          throw missing(List.of(field.name()), "captions", "data.columns.captions");
        }
      }
      if (captions.isEmpty()) {
        List<String> names = fields.captions().stream().map(CaptionField::name).toList();
        throw missing(names, "captions", "data.columns.captions");
      }
      return captions.toArray(CaptionColumn[]::new);
    }

    private void addCaptions(CaptionField field, List<Leaf> leaves, List<CaptionColumn> captions) {
      List<Leaf> texts = leaves.stream().filter(Leaf::isBytes).toList();
      Leaf speaker = named(texts, "from");
      Leaf value = named(texts, "value");
      if (speaker != null && value != null) {
        captions.add(new CaptionColumn(want(value), want(speaker), field.weight()));
        return;
      }
      if (texts.size() != 1) {
        throw FacetException.usage(
            ("column `%s` of %s does not hold captions: a text, a list of texts or of {from, value}"
                    + " was expected, there is %s; set data.columns.captions to another column, or"
                    + " to a field of it, like `%s`")
                .formatted(
                    field.name(),
                    file,
                    leaves.stream().map(leaf -> leaf.name() + " " + leaf.type()).toList(),
                    leaves.getFirst().name()));
      }
      captions.add(new CaptionColumn(want(texts.getFirst()), ColumnMap.NONE, field.weight()));
    }

    private static @Nullable Leaf named(List<Leaf> leaves, String name) {
      return leaves.stream().filter(leaf -> leaf.lastName().equals(name)).findFirst().orElse(null);
    }

    private @Nullable BoxColumns box() {
      for (String name : fields.box()) {
        List<Leaf> leaves = schema.under(name);
        if (!leaves.isEmpty()) {
          List<Leaf> picked = BoxColumns.pick(file, name, leaves);
          int[] columns = picked.stream().mapToInt(this::want).toArray();
          return new BoxColumns(
              columns, picked.getFirst().type(), picked.getFirst().maxRepetition());
        }
      }
      return null;
    }

    private FacetException missing(List<String> names, String what, String key) {
      return FacetException.usage(
          "%s has no column `%s`; it has %s: set %s to the one with the %s"
              .formatted(file, String.join("` or `", names), schema.columns(), key, what));
    }
  }
}
