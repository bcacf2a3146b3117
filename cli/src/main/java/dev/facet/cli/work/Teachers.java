package dev.facet.cli.work;

import dev.facet.base.FacetException;
import dev.facet.cli.config.Config;
import dev.facet.model.Architecture;
import dev.facet.model.DualEncoder;
import dev.facet.model.ModelOptions;
import dev.facet.model.checkpoint.ModelDirectory;
import dev.facet.model.pictures.Preprocessing;
import dev.facet.model.text.CaptionTokenizer;
import dev.facet.model.text.TokenizerFiles;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Opens the model that a run learns from besides. It sees the very pixels and token ids of the
 * model that learns, so both must have been made for the same ones.
 */
final class Teachers {
  /** Captions that tokenizers of different vocabularies cut differently. */
  private static final List<String> PROBES =
      List.of(
          "a photo of a smiling woman with long blond hair and glasses",
          "An elderly man, bald, with a grey beard; he wears a black hat & a scarf.",
          "The quick brown fox jumps over the lazy dog 0123456789",
          "junge Frau mit Brille und Grübchen (Profil)",
          "她微笑着，留着短发。");

  private Teachers() {}

  /**
   * The model in a folder, for pictures of the run's size.
   *
   * @param wanted how the run prepares pictures
   * @param replica number of the copy of the model that learns from it, from 0
   * @throws FacetException if it was made for other pixels or token ids
   */
  static DualEncoder open(
      Config config, Path folder, CaptionTokenizer tokenizer, Preprocessing wanted, int replica)
      throws IOException {
    Architecture sizes = ModelDirectory.config(folder);
    pictures(folder, sizes, wanted);
    captions(folder, sizes, tokenizer);
    return ModelDirectory.open(
        folder,
        new ModelOptions(
            config.model().device(),
            config.model().precision(),
            wanted.imageSize(),
            false,
            0,
            config.seed(),
            replica));
  }

  private static void pictures(Path folder, Architecture sizes, Preprocessing wanted)
      throws IOException {
    Preprocessing own = Preprocessing.of(folder, sizes.usualPictures());
    if (!own.mean().equals(wanted.mean()) || !own.std().equals(wanted.std())) {
      throw FacetException.usage(
          String.format(
              Locale.ROOT,
              "train.teacher %s wants colours normalised by mean %s and std %s, this run's model by"
                  + " %s and %s: take a teacher that sees pictures as the model does",
              folder,
              own.mean(),
              own.std(),
              wanted.mean(),
              wanted.std()));
    }
  }

  private static void captions(Path folder, Architecture sizes, CaptionTokenizer tokenizer)
      throws IOException {
    if (sizes.contextLength() != tokenizer.contextLength()) {
      throw FacetException.usage(
          String.format(
              Locale.ROOT,
              "train.teacher %s reads captions of %d tokens, this run's model of %d: set"
                  + " model.context_length to %d, or take another teacher",
              folder,
              sizes.contextLength(),
              tokenizer.contextLength(),
              sizes.contextLength()));
    }
    TokenizerFiles files = TokenizerFiles.open(folder);
    try (CaptionTokenizer own =
        CaptionTokenizer.open(files, sizes.contextLength(), sizes.captionCleanup(files))) {
      boolean same =
          own.vocabularySize() == tokenizer.vocabularySize()
              && PROBES.stream()
                  .allMatch(each -> Arrays.equals(ids(own, each), ids(tokenizer, each)));
      if (!same) {
        throw FacetException.usage(
            "train.teacher "
                + folder
                + " cuts captions into other tokens than this run's model: set model.tokenizer to "
                + own.file()
                + " and model.caption_cleanup as the teacher has it, or take another teacher");
      }
    }
  }

  private static long[] ids(CaptionTokenizer tokenizer, String caption) {
    long[] ids = new long[tokenizer.contextLength()];
    tokenizer.encode(caption, LongBuffer.wrap(ids));
    return ids;
  }
}
