package dev.facet.loader.data;

import java.util.Arrays;
import java.util.List;

/**
 * Names and layout of published data sets, so that nobody has to map their columns by hand. Those
 * that are published as addresses only are meant as they are once their pictures have been
 * downloaded: in a column {@code image}.
 */
public enum Preset {
  /** Own shards and picture folders, and what other programs call alike. */
  FACET(
      Format.AUTO,
      0,
      // After the common ones Karpathy's splits, open_clip's tables, Flickr30k's.
      "image,jpg,jpeg,png,webp,img,file_name,filename,filepath,image_name,image_path",
      "txt,captions,caption,text,sentences,title,comment"),
  /** Tars as img2dataset writes them. */
  WEBDATASET(Format.TAR, 0, "jpg,jpeg,png,webp,gif,bmp", "txt,caption"),
  FACECAPTION_15M(Format.AUTO, 0, "image", "caption"),
  FACECAPTIONHQ_4M(Format.AUTO, 0, "image", "face_caption,image_short_caption,image_caption"),
  HUMANCAPTION_10M(Format.AUTO, 0, "image", "human_caption"),
  HUMANCAPTION_HQ_311K(Format.AUTO, 0, "image", "human_caption_hq"),
  FACECAPTION_1M(Format.JSON, 0, "image", "image_short_caption"),
  /**
   * As the FLIP code reads it: the first 7 characters of paths and ids are cut off, and the last
   * file is the test split.
   */
  FLIP(Format.JSON, 7, "image", "caption"),
  LLAVA(Format.JSON, 0, "image", "conversations");

  private final Format format;
  private final int dropPrefix;
  private final Fields fields;

  Preset(Format format, int dropPrefix, String image, String captions) {
    this.format = format;
    this.dropPrefix = dropPrefix;
    this.fields =
        new Fields(
            names(image),
            names(captions).stream().map(name -> new CaptionField(name, 0)).toList(),
            List.of("id", "_id", "image_id", "key"),
            List.of("box"),
            List.of(dropPrefix > 0 ? Fields.LAST_FILE_IS_TEST : "split"),
            List.of("source", "url"));
  }

  public Format format() {
    return format;
  }

  /** Characters cut off the front of image paths and ids. */
  public int dropPrefix() {
    return dropPrefix;
  }

  public Fields fields() {
    return fields;
  }

  private static List<String> names(String list) {
    return Arrays.stream(list.split(",", -1)).toList();
  }
}
