package dev.facet.cli.work;

import dev.facet.base.FacetException;
import dev.facet.base.SampleRandom;
import dev.facet.cli.request.SearchRequest;
import dev.facet.cli.request.SearchRequest.Query;
import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.data.Row;
import dev.facet.loader.picture.ImageSettings;
import dev.facet.loader.picture.MadePicture;
import dev.facet.loader.picture.PictureInput;
import dev.facet.loader.picture.PictureMaker;
import dev.facet.model.DualEncoder;
import dev.facet.model.text.CaptionTokenizer;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.List;

/** The unit vector of what is looked for, made as those that are stored were. */
record QueryVector(DualEncoder model, CaptionTokenizer tokenizer, PictureInput pictures) {
  /** A row is drawn by its captions, and a file has none. */
  private static final String NO_CAPTION = "-";

  /**
   * Embeds a query.
   *
   * @throws FacetException if it is a picture that cannot be read
   */
  float[] of(Query query) throws IOException {
    return switch (query) {
      case SearchRequest.Caption caption -> caption(caption.text());
      case SearchRequest.Picture picture -> picture(picture.file());
    };
  }

  private float[] caption(String text) {
    ByteBuffer tokens =
        ByteBuffer.allocateDirect(tokenizer.contextLength() * Long.BYTES)
            .order(ByteOrder.nativeOrder());
    LongBuffer ids = tokens.asLongBuffer();
    tokenizer.encode(List.of(text), ids);
    return model.embedTexts(tokens, 1);
  }

  private float[] picture(Path file) throws IOException {
    if (!(pictures instanceof ImageSettings images)) {
      throw FacetException.usage(
          "%s: the model learned from stored vectors and sees no pictures: look for a --caption"
              .formatted(file));
    }
    ByteBuffer pixels = ByteBuffer.allocateDirect(3 * images.size() * images.size());
    try (FileChannel channel = FileChannel.open(file);
        Arena arena = Arena.ofConfined();
        PictureMaker maker = new PictureMaker(images)) {
      int length = (int) Math.min(Integer.MAX_VALUE, channel.size());
      Row row = new Row();
      row.caption(NO_CAPTION, 1);
      row.image().at(channel.map(MapMode.READ_ONLY, 0, length, arena), 0, length);
      row.check();
      MadePicture made =
          maker.make(row, new SampleRandom(), MemorySegment.ofBuffer(pixels).address());
      return model.embedImages(pixels, floats(made.colour()), 1);
    } catch (FacetException e) {
      throw e;
    } catch (BadSampleException | RuntimeException e) {
      // What no reader foresaw of a strange picture is the picture's fault.
      throw FacetException.usage("%s cannot be read: %s".formatted(file, e.getMessage()));
    }
  }

  private static ByteBuffer floats(float[] numbers) {
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(numbers.length * Float.BYTES).order(ByteOrder.nativeOrder());
    bytes.asFloatBuffer().put(numbers);
    return bytes;
  }
}
