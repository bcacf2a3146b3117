package dev.facet.prepare.source;

import dev.facet.base.FacetException;
import java.util.List;

/**
 * Under which names tables keep what. A dot goes into a structure ({@code image.url}); of a
 * conversation, a list of {@code from} and {@code value}, a column's name means what the model says
 * ({@code gpt} or {@code assistant}), and {@code NAME.human} what the human does. An empty list:
 * not read. A name that is looked for and not there is refused, lest a slip of the pen cost all
 * boxes.
 *
 * @param url addresses: the first of these columns that is there
 * @param id the first of these
 * @param captions each of these; {@code caption|TEXT} takes the first of several names
 * @param box face boxes: the first of these
 * @param sha256 of the pictures' bytes: the first of these
 * @param image relative paths: the first of these
 * @param fetched whether there have to be addresses; else they are read where they are
 */
public record TableColumns(
    List<String> url,
    List<String> id,
    List<String> captions,
    List<String> box,
    List<String> sha256,
    List<String> image,
    boolean fetched) {

  /** Columns of pictures that are fetched. */
  public TableColumns(
      List<String> url,
      List<String> id,
      List<String> captions,
      List<String> box,
      List<String> sha256,
      List<String> image) {
    this(url, id, captions, box, sha256, image, true);
  }

  /** Refuses columns without addresses, where there have to be some. */
  public TableColumns {
    if (fetched && url.isEmpty()) {
      throw FacetException.usage("no column of addresses is named: name one, `url` in most tables");
    }
    url = List.copyOf(url);
    id = List.copyOf(id);
    captions = List.copyOf(captions);
    box = List.copyOf(box);
    sha256 = List.copyOf(sha256);
    image = List.copyOf(image);
  }
}
