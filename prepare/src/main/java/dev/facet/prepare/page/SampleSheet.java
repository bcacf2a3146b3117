package dev.facet.prepare.page;

import dev.facet.augment.Augmentation;
import dev.facet.augment.geometry.Box;
import dev.facet.augment.operation.Squash;
import dev.facet.base.Html;
import dev.facet.base.SampleRandom;
import dev.facet.loader.Datasets;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.Chunk;
import dev.facet.loader.data.ChunkSizes;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.data.Row;
import dev.facet.loader.decode.DecodeSettings;
import dev.facet.loader.picture.BoxSpace;
import dev.facet.loader.picture.ImageSettings;
import dev.facet.loader.picture.MadePicture;
import dev.facet.loader.picture.PictureMaker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;

/** Some samples of shards, spread evenly over them: the same for the same shards. */
final class SampleSheet implements AutoCloseable {
  private static final int MOST = 48;
  private static final int SIDE = 176;

  /** Characters of a caption that are shown. */
  private static final int CAPTION = 200;

  private final PictureMaker pictures;
  private final SampleRandom random = new SampleRandom();
  private final StringBuilder out = new StringBuilder();
  private final Formatter form = new Formatter(out, Locale.ROOT);

  private SampleSheet(DecodeSettings decoding) {
    // The page stretches squares back to what the pictures were.
    Augmentation squash = Augmentation.training(List.of(Squash.DEFAULT));
    pictures = new PictureMaker(ImageSettings.plain(SIDE, squash, decoding, BoxSpace.DISPLAYED));
  }

  /**
   * Reads samples and draws them.
   *
   * @param shards folder
   * @param decoding that the samples were made with
   */
  static String draw(Path shards, DecodeSettings decoding) throws IOException {
    DataSource source = DataSource.of(shards);
    Map<String, Long> splits = Datasets.splits(source);
    long total = splits.values().stream().mapToLong(Long::longValue).sum();
    int shown = (int) Math.min(MOST, total);
    try (SampleSheet sheet = new SampleSheet(decoding)) {
      sheet.out.append("<ul class=\"sheet\">\n");
      long first = 0;
      int next = 0;
      for (String split : splits.keySet()) {
        try (Dataset data = Datasets.open(source, split)) {
          ChunkSizes sizes = data.sizes();
          for (; next < shown && next * total / shown < first + data.size(); next++) {
            sheet.add(data, sizes, split, next * total / shown - first);
          }
          first += data.size();
        }
      }
      return sheet.out.append("</ul>\n").toString();
    }
  }

  private void add(Dataset data, ChunkSizes sizes, String split, long number) throws IOException {
    int chunk = sizes.chunkOf(number);
    try (Chunk open = data.open(chunk)) {
      add(open.row((int) (number - sizes.firstRow(chunk))), split);
    } catch (BadSampleException e) {
      // Training will count it as bad; this page shows those that are not.
    }
  }

  private void add(Row row, String split) throws BadSampleException, IOException {
    MadePicture made = pictures.make(row, random);
    int width = made.header().shownWidth();
    int height = made.header().shownHeight();
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(made.image(), "jpeg", jpeg);
    form.format(
        "<li><svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"sample\">", width, height);
    form.format("<image width=\"%d\" height=\"%d\" preserveAspectRatio=\"none\"", width, height);
    out.append(" href=\"data:image/jpeg;base64,");
    out.append(Base64.getEncoder().encodeToString(jpeg.toByteArray())).append("\"/>");
    Box box = made.box();
    if (box != null) {
      form.format("<rect class=\"box\" x=\"%.1f\" y=\"%.1f\"", box.x1(), box.y1());
      form.format(" width=\"%.1f\" height=\"%.1f\"/>", box.width(), box.height());
    }
    List<String> captions = row.captions();
    out.append("</svg><p class=\"said\" dir=\"auto\">").append(Html.text(shown(captions)));
    form.format("</p><p class=\"note\">%s, %d &#215; %d, ", Html.text(split), width, height);
    out.append(Html.text(row.id())).append("</p></li>\n");
  }

  private static String shown(List<String> captions) {
    String first = captions.getFirst();
    String text =
        first.codePointCount(0, first.length()) <= CAPTION
            ? first
            : first.substring(0, first.offsetByCodePoints(0, CAPTION)) + " \u2026";
    int more = captions.size() - 1;
    return more == 0 ? text : text + " (and " + more + " more)";
  }

  @Override
  public void close() {
    pictures.close();
  }
}
