package dev.facet.prepare.source;

import java.util.List;

/** The columns of the data sets that are published as addresses. */
public enum PublishedSet {
  /** Both versions of its file. */
  FACECAPTION_15M(
      new TableColumns(
          List.of("url"),
          List.of("_id", "id"),
          List.of("caption|face_caption"),
          List.of("box"),
          List.of(),
          List.of())),
  FACECAPTIONHQ_4M(
      new TableColumns(
          List.of("url"),
          List.of(),
          List.of("face_caption", "image_short_caption", "image_caption"),
          List.of(),
          List.of(),
          List.of())),
  HUMANCAPTION_10M(
      new TableColumns(
          List.of("url"),
          List.of("image_id"),
          List.of("human_caption"),
          List.of(),
          List.of("sha256"),
          List.of("image"))),
  HUMANCAPTION_HQ_311K(
      new TableColumns(
          List.of("url"), List.of(), List.of("human_caption_hq"), List.of(), List.of(), List.of())),
  /** Lists as img2dataset takes them. */
  ADDRESSES(
      new TableColumns(
          List.of("url", "URL", "image_url", "img_url", "link"),
          List.of(),
          List.of("caption|TEXT|text|title|alt"),
          List.of(),
          List.of(),
          List.of()));

  private final TableColumns columns;

  PublishedSet(TableColumns columns) {
    this.columns = columns;
  }

  public TableColumns columns() {
    return columns;
  }
}
