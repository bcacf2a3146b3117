package dev.facet.loader.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A way in which data sets list their pictures. */
public interface ListFormat {
  /** The files that make up the list, in the order in which their entries count. */
  List<ListedFile> parts();

  /**
   * Finds the entries of one part; parts may be scanned by several threads at once.
   *
   * @throws IOException if it cannot be read or understood, naming the place in it
   */
  void scan(ListedFile part, Sink sink) throws IOException;

  /**
   * Where the relative paths in a part may start, unless the user says otherwise: the first of
   * these folders in which one of the part's first pictures lies, else the first.
   */
  List<Path> pictureFolders(ListedFile part);
}
