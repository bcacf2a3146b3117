package dev.facet.loader.source;

import dev.facet.base.FacetException;
import dev.facet.loader.files.Endings;
import dev.facet.loader.text.CsvRecords;
import dev.facet.loader.text.Line;
import dev.facet.loader.text.LineReader;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tables that are called {@code .txt}, such as Flickr8k's {@code captions.txt}. */
final class TextTables {
  /** Where more texts lie, they are captions beside pictures. */
  private static final int MOST_TEXTS = 100;

  private TextTables() {}

  /** Those in a folder itself, unsorted. */
  static List<Path> find(Path folder, MappedFields fields) {
    List<Path> texts = new ArrayList<>();
    try (DirectoryStream<Path> names = Files.newDirectoryStream(folder)) {
      for (Path each : names) {
        if (Endings.of(String.valueOf(each.getFileName())).equals("txt")) {
          texts.add(each);
          if (texts.size() > MOST_TEXTS) {
            return List.of();
          }
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw FacetException.usage("cannot list " + folder + ": " + e.getMessage());
    }
    texts.removeIf(text -> !isTable(text, fields));
    return texts;
  }

  /** Whether a file's first line names a column of pictures and one of captions. */
  static boolean isTable(Path file, MappedFields fields) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (LineReader lines = new LineReader(file)) {
      Line first = lines.next();
      return first != null
          && first.text() != null
          && fields.nameTable(CsvRecords.names(first.text(), fields::knows));
    } catch (IOException e) {
      throw FacetException.run("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
