package dev.facet.prepare.source;

import dev.facet.loader.data.BadSampleException.Reason;
import dev.facet.loader.data.CaptionField;
import dev.facet.loader.data.Fields;
import java.util.List;

/** In which words the rows of a list are counted whose pictures are there, or should be. */
public final class PictureStates {
  private static final List<String> CONVERSATIONS = List.of("conversations");

  private final boolean conversations;

  /**
   * Of lists with these fields: where captions come out of conversations, one without a picture is
   * nobody's mistake.
   */
  public PictureStates(Fields fields) {
    conversations =
        fields.captions().stream().map(CaptionField::name).toList().equals(CONVERSATIONS);
  }

  /** The word for what the loader found. */
  public String word(Reason reason) {
    return switch (reason) {
      case MISSING -> "missing_file";
      case NO_IMAGE -> conversations ? "text_only" : "no_image_path";
      case OUTSIDE -> "unsafe_path";
      case EMPTY -> "empty_file";
      case UNSUPPORTED -> "not_an_image";
      case CORRUPT -> "truncated";
      case TOO_LARGE -> "too_many_pixels";
      case NO_CAPTION -> "no_caption";
      case BAD_BOX -> "box_malformed";
      case READ_ERROR, MALFORMED, BAD_VECTOR -> "unreadable_row";
    };
  }
}
