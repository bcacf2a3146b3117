package dev.facet.loader.index;

import dev.facet.loader.data.BadSampleException;
import dev.facet.loader.files.PictureBuffer;
import dev.facet.loader.files.PictureFiles;
import dev.facet.loader.files.PictureFolder;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The picture files of an index. Where the relative paths of a part start is looked up when the
 * index is opened, as pictures may have been put in their place since it was made, and lists and
 * pictures are moved together. It is one folder for all of a part: were it looked for picture by
 * picture, one that is missing could be answered with another of the same name.
 */
public final class ListedPictures {
  private final PictureFiles files;

  /** By the part's number. */
  private final List<PictureFolder> starts = new ArrayList<>();

  private final Map<Path, PictureFolder> folders = new LinkedHashMap<>();

  private ListedPictures(PictureFiles files) {
    this.files = files;
  }

  /**
   * The pictures of an index.
   *
   * @param candidates of each part, as {@link ListFormat#pictureFolders}
   * @param allowed the folders that no path may leave
   */
  public static ListedPictures of(
      List<Index.Part> parts, List<List<Path>> candidates, List<Path> allowed) {
    ListedPictures pictures = new ListedPictures(PictureFiles.below(allowed));
    for (int i = 0; i < parts.size(); i++) {
      Path start = start(parts.get(i).firstPictures(), candidates.get(i));
      pictures.starts.add(pictures.folders.computeIfAbsent(start, PictureFolder::of));
    }
    return pictures;
  }

  /** The folders at which paths start. */
  public Collection<Path> folders() {
    return folders.keySet();
  }

  private static Path start(List<String> firstPictures, List<Path> candidates) {
    for (Path folder : candidates.size() == 1 ? List.<Path>of() : candidates) {
      if (firstPictures.stream().anyMatch(path -> exists(folder, path))) {
        return folder;
      }
    }
    return candidates.getFirst();
  }

  static boolean exists(Path folder, String path) {
    try {
      return Files.exists(folder.resolve(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Reads the picture that a part of the list names with a path of UTF-8; its length. */
  int read(int part, MemorySegment from, long path, int length, PictureBuffer into)
      throws IOException, BadSampleException {
    return files.read(starts.get(part), from, path, length, into);
  }
}
