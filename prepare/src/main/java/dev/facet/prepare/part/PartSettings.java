package dev.facet.prepare.part;

import dev.facet.loader.decode.DecodeSettings;
import dev.facet.prepare.caption.CaptionSettings;
import dev.facet.prepare.face.CropSettings;
import dev.facet.prepare.filter.FilterSettings;
import java.util.List;

/**
 * What decides how a row becomes samples.
 *
 * @param kept columns of captions that go along, without being trained on or asked for
 */
public record PartSettings(
    DecodeSettings decoding,
    CropSettings crop,
    FilterSettings filter,
    CaptionSettings captions,
    List<String> kept) {
  public PartSettings {
    kept = List.copyOf(kept);
  }
}
