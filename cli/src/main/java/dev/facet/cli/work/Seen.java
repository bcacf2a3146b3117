package dev.facet.cli.work;

import dev.facet.base.FacetException;
import dev.facet.cli.config.Config;
import dev.facet.cli.settings.DataConfig;
import dev.facet.cli.settings.VectorsConfig;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.picture.PictureInput;
import dev.facet.loader.picture.PixelType;
import dev.facet.loader.picture.VectorSettings;
import dev.facet.model.Architecture;
import dev.facet.model.checkpoint.ModelDirectory;
import dev.facet.model.pictures.Preprocessing;
import dev.facet.model.vectors.PictureVectors;
import dev.facet.model.vectors.VectorConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** What a model sees of the pictures: their pixels, or vectors that are stored in their places. */
sealed interface Seen {
  /** What a checkpoint sees, whatever data there is. */
  static Seen of(Config config, Path folder) throws IOException {
    return ModelDirectory.config(folder) instanceof VectorConfig model
        ? new Vectors(model.pictures())
        : new Pixels(Models.preprocessing(config, folder));
  }

  /** What the loader makes of a picture for training. */
  PictureInput varied(Config config);

  /** What it makes for evaluation. */
  PictureInput plain(Config config);

  /** How pictures are prepared, as a file of a model folder: its name and text. */
  Map<String, String> files() throws IOException;

  /** How pictures are prepared for evaluation, for people. */
  String prepared(Config config);

  /** Which library decodes the pictures, for the log. */
  String decoder(Config config);

  /**
   * What a new run sees.
   *
   * @param data with the width of the vectors, where there are some
   */
  static Seen of(Config config, Dataset data) throws IOException {
    if (config.data().pictures() == DataConfig.Pictures.IMAGES) {
      return new Pixels(Models.preprocessing(config));
    }
    VectorsConfig vectors = config.model().vectors();
    return new Vectors(
        new PictureVectors(data.vectorWidth(), vectors.projected(), vectors.normalise()));
  }

  /**
   * What a checkpoint sees.
   *
   * @throws FacetException if the data does not hold that
   */
  static Seen of(Config config, Path folder, Dataset data) throws IOException {
    boolean vectors = config.data().pictures() == DataConfig.Pictures.VECTORS;
    Architecture sizes = ModelDirectory.config(folder);
    if (!(sizes instanceof VectorConfig model)) {
      if (vectors) {
        throw FacetException.usage(
            "data.pictures is vectors, but the model in %s sees pictures: name data that has some"
                .formatted(folder));
      }
      return new Pixels(Models.preprocessing(config, folder));
    }
    if (!vectors) {
      throw FacetException.usage(
          ("the model in %s learned from stored vectors and sees no pictures: set data.pictures to"
                  + " vectors, and data.root to data that has them")
              .formatted(folder));
    }
    if (data.vectorWidth() != model.pictures().width()) {
      throw FacetException.usage(
          String.format(
              Locale.ROOT,
              "the vectors of %s have %d numbers, those that the model in %s learned from have %d:"
                  + " name data with vectors of the same origin in data.root",
              data.name(),
              data.vectorWidth(),
              folder,
              model.pictures().width()));
    }
    return new Vectors(model.pictures());
  }

  /** Pixels, prepared as the model wants them. */
  record Pixels(Preprocessing wanted) implements Seen {
    @Override
    public PictureInput varied(Config config) {
      return Loading.varied(config, wanted, PixelType.UINT8);
    }

    @Override
    public PictureInput plain(Config config) {
      return Loading.plain(config, wanted);
    }

    @Override
    public Map<String, String> files() throws IOException {
      return Map.of(Preprocessing.FILE, wanted.toJson());
    }

    @Override
    public String prepared(Config config) {
      String operations =
          Loading.evaluation(config, wanted).operations().isEmpty()
              ? ""
              : "cut to the face as in training, ";
      return operations + "resized: " + wanted.resizing();
    }

    @Override
    public String decoder(Config config) {
      return Loading.decoder(config);
    }
  }

  /** Stored vectors. */
  record Vectors(PictureVectors pictures) implements Seen {
    private PictureInput input() {
      return new VectorSettings(pictures.width(), pictures.normalised());
    }

    @Override
    public PictureInput varied(Config config) {
      return input();
    }

    @Override
    public PictureInput plain(Config config) {
      return input();
    }

    @Override
    public Map<String, String> files() {
      return Map.of();
    }

    @Override
    public String prepared(Config config) {
      return pictures.text();
    }

    @Override
    public String decoder(Config config) {
      return "no pictures but stored vectors";
    }
  }
}
