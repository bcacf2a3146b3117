package dev.facet.prepare;

import dev.facet.base.FixedOnResume;
import dev.facet.base.Range;
import dev.facet.loader.data.CaptionField;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Fields;
import dev.facet.loader.data.Format;
import dev.facet.loader.data.Preset;
import dev.facet.prepare.source.PublishedSet;
import dev.facet.prepare.source.TableColumns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rows are, and where they keep what.
 *
 * @param kind whether pictures are fetched, are there, or have become vectors
 * @param set names of columns, where pictures are fetched
 * @param preset names and layout, where pictures are there
 * @param format of data whose pictures are there
 * @param imageRoot where paths of pictures start; null for the source's folder
 * @param dropPrefix characters cut off the front of paths and ids; null for the preset's
 * @param columns where they differ from those of the set or preset
 * @param keep columns of texts that go into the shards without being captions to train on
 */
public record SourceSettings(
    @FixedOnResume Kind kind,
    @FixedOnResume PublishedSet set,
    @FixedOnResume Preset preset,
    @FixedOnResume Format format,
    @FixedOnResume @Nullable Path imageRoot,
    @FixedOnResume @Range(min = 0, max = 1000) @Nullable Integer dropPrefix,
    ColumnSettings columns,
    @FixedOnResume List<String> keep) {

  /** Where the pictures are. */
  public enum Kind {
    /** On the web: rows hold addresses. */
    ADDRESSES,
    /** Here: anything that the loader reads. */
    PICTURES,
    /** Nowhere: vectors that a model made of them stand in their place. */
    EMBEDDINGS
  }

  public SourceSettings {
    keep = List.copyOf(keep);
  }

  /** The columns of a table of addresses, or of captions whose pictures are not fetched. */
  TableColumns table() {
    TableColumns usual = set.columns();
    List<String> captions = new ArrayList<>(columns.captions(usual.captions()));
    captions.addAll(keep);
    return new TableColumns(
        ColumnSettings.or(columns.url(), usual.url()),
        ColumnSettings.or(columns.id(), usual.id()),
        captions,
        ColumnSettings.or(columns.box(), usual.box()),
        ColumnSettings.or(columns.sha256(), usual.sha256()),
        ColumnSettings.or(columns.image(), usual.image()),
        kind == Kind.ADDRESSES);
  }

  /** Data whose pictures are there. */
  public DataSource pictures(Path root) {
    Fields usual = preset.fields();
    List<String> names = columns.captions(List.of());
    Fields fields =
        new Fields(
            ColumnSettings.or(columns.image(), usual.image()),
            names.isEmpty()
                ? usual.captions()
                : names.stream().map(name -> new CaptionField(name, 1)).toList(),
            ColumnSettings.or(columns.id(), usual.id()),
            ColumnSettings.or(columns.box(), usual.box()),
            usual.split(),
            usual.source());
    return new DataSource(
        root,
        format == Format.AUTO ? preset.format() : format,
        imageRoot,
        fields,
        dropPrefix == null ? preset.dropPrefix() : dropPrefix,
        1);
  }
}
