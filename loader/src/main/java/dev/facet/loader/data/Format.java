package dev.facet.loader.data;

/** How a data set lies on disk. */
public enum Format {
  /** By what is found there. */
  AUTO,
  /** Own shards, or any Parquet with pictures in it. */
  PARQUET,
  /** Webdataset tars. */
  TAR,
  /** One JSON object per line. */
  JSONL,
  /** One JSON array per file. */
  JSON,
  /** A table with a header line, separated by comma or tab. */
  CSV,
  /** Pictures, each with a text file of the same name beside it. */
  SIDECAR
}
