package dev.facet.eval.stored;

import dev.facet.base.FacetException;
import dev.facet.base.Staged;
import dev.facet.eval.WithoutText;
import dev.facet.loader.Batch;
import dev.facet.loader.Loader;
import dev.facet.loader.LoaderSettings;
import dev.facet.loader.Position;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.picture.PictureInput;
import dev.facet.loader.quarantine.Quarantine;
import dev.facet.model.DualEncoder;
import dev.facet.model.text.CaptionTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Writes the vectors of a split into a folder, part by part. A part is a run of rows of the data
 * that is a multiple of a batch, and a function of these rows alone: a run that was killed goes on
 * with the next part, and ends in the files of one that was not.
 *
 * @param folder with {@code pictures/}, {@code captions/} and {@code embed.json}
 * @param pictures how rows become what the model sees
 * @param of what the vectors depend on
 */
public record EmbeddingRun(
    Path folder,
    DualEncoder model,
    CaptionTokenizer tokenizer,
    Dataset dataset,
    LoaderSettings loading,
    PictureInput pictures,
    EmbedManifest.Origin of) {

  /**
   * Goes on from the last whole part.
   *
   * @param quarantine gets the rows that cannot be used
   * @param progress told how many rows are done
   * @throws FacetException if the folder holds something else
   */
  public EmbedManifest run(Quarantine quarantine, LongConsumer progress)
      throws IOException, InterruptedException {
    EmbedManifest manifest = begin();
    if (manifest.isWhole()) {
      return manifest;
    }
    PartFiles files = new PartFiles(folder, of);
    SkippedRows skipped = new SkippedRows(quarantine);
    try (Loader loader =
        Loader.start(
            dataset,
            loading,
            pictures,
            WithoutText.INSTANCE,
            skipped,
            new Position(0, manifest.done()))) {
      while (!manifest.isWhole()) {
        long from = manifest.done();
        long to = Math.min(manifest.rows(), from + of.rowsPerPart());
        EmbeddedPart part = part(loader, from, to, skipped, progress);
        manifest = manifest.with(files.write(manifest.parts().size(), part));
        manifest.write(folder);
      }
    }
    return manifest;
  }

  private EmbeddedPart part(
      Loader loader, long from, long to, SkippedRows skipped, LongConsumer progress)
      throws InterruptedException {
    EmbeddedPart part = new EmbeddedPart(model, tokenizer, loading.batch(), to - from);
    for (long at = from; at < to; at += loading.batch()) {
      try (Batch batch = loader.next()) {
        if (batch == null) {
          throw new IllegalStateException("the loader ended before its data");
        }
        if (batch.size() > 0) {
          part.add(batch);
        }
      }
      progress.accept(Math.min(to, at + loading.batch()));
    }
    part.finish(skipped.takeBefore(to));
    return part;
  }

  /**
   * Makes the folder, or sees to it that it can be gone on with.
   *
   * @return what is done
   */
  public EmbedManifest begin() throws IOException {
    EmbedManifest found = EmbedManifest.read(folder);
    if (found == null) {
      requireEmpty();
      for (String each : List.of(PartFiles.PICTURES, PartFiles.CAPTIONS)) {
        Files.createDirectories(folder.resolve(each));
      }
      EmbedManifest fresh = EmbedManifest.begin(of, dataset.size());
      fresh.write(folder);
      return fresh;
    }
    String difference = found.of().difference(of);
    if (difference != null) {
      throw FacetException.usage(
          "%s holds embeddings that differ in %s: name another --out, or delete that folder"
              .formatted(folder, difference));
    }
    if (found.rows() != dataset.size()) {
      throw FacetException.usage(
          String.format(
              Locale.ROOT,
              "%s was begun with %,d rows of %s, which now has %,d: name another --out",
              folder,
              found.rows(),
              dataset.name(),
              dataset.size()));
    }
    for (String each : List.of(PartFiles.PICTURES, PartFiles.CAPTIONS)) {
      requireParts(found, folder.resolve(each));
      Staged.recover(folder.resolve(each));
    }
    return found;
  }

  private static void requireParts(EmbedManifest manifest, Path folder) {
    for (EmbedManifest.Part part : manifest.parts()) {
      if (!Files.isRegularFile(folder.resolve(part.name()))) {
        throw FacetException.usage(
            folder.resolve(part.name())
                + " is missing: copy it back, or delete the folder and run facet embed again");
      }
    }
  }

  private void requireEmpty() throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        if (files.noneMatch(
            file -> !String.valueOf(file.getFileName()).startsWith(Staged.PREFIX))) {
          return;
        }
      }
    }
    throw FacetException.usage(
        folder + " holds something that facet embed did not write: name another --out");
  }
}
