package dev.facet.loader.shard;

import dev.facet.loader.parquet.Schema;
import dev.facet.loader.vector.VectorColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a file make up a row. Columns are numbers in {@link #wanted}, -1 where there is
 * none.
 *
 * @param wanted the columns that are ever read
 * @param image encoded pictures; {@link #NONE} if there are only paths
 * @param path of the file that a picture is in, where its bytes are not there
 * @param vector what stands in the pictures' places; null where there are pictures
 * @param vectorColumns the columns of that
 * @param captions in the order of preference
 * @param labelKey names of the labels in the column {@code labels}
 * @param labels columns that are labels themselves
 * @param rowColumns what is read for rows
 * @param captionColumns what is read for their captions alone
 * @param labelColumns what is read for names and labels alone
 * @param keys what names a picture, the best first; of no use unless rows are held out
 * @param sideColumns what is read to tell the split of a row
 * @param pictureColumns the same, and the pictures
 */
@SuppressWarnings("ArrayRecordComponent") // read for every row, never compared
record ColumnMap(
    List<Schema.Leaf> wanted,
    int image,
    int path,
    @Nullable VectorColumn vector,
    int[] vectorColumns,
    CaptionColumn[] captions,
    int id,
    int source,
    @Nullable BoxColumns box,
    int labelKey,
    int labelValue,
    LabelColumn[] labels,
    int split,
    int[] rowColumns,
    int[] captionColumns,
    int[] labelColumns,
    int[] keys,
    int[] sideColumns,
    int[] pictureColumns) {

  static final int NONE = -1;
}
