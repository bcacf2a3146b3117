package dev.facet.loader.source;

import dev.facet.base.FacetException;
import dev.facet.loader.files.Endings;
import dev.facet.loader.index.ListedFile;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the files of a list by their endings: in a folder and in the folders in it. */
final class ListFiles {
  /** Of FaceCaption-1M, which has its lists in {@code json} beside it, and of Flickr8k. */
  private static final List<String> IMAGES = List.of("images", "Images");

  private ListFiles() {}

  /** The files as parts, sorted by name; a root that is a file is the only one. */
  static List<ListedFile> parts(Path root, String... endings) {
    List<ListedFile> parts = parts(root, find(root, endings));
    if (parts.isEmpty()) {
      throw FacetException.usage(
          "%s holds no *.%s: check the path and data.format"
              .formatted(root, String.join(" or *.", endings)));
    }
    return parts;
  }

  /** Files that were found otherwise, sorted by name. */
  static List<ListedFile> parts(Path root, List<Path> files) {
    return files.stream()
        .map(file -> ListedFile.of(root, file))
        .sorted(Comparator.comparing(ListedFile::name))
        .toList();
  }

  /** The files, unsorted. */
  static List<Path> find(Path root, String... endings) {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(root)) {
      collect(root, Set.of(endings), true, found);
    } else if (Files.exists(root)) {
      found.add(root);
    } else {
      throw FacetException.usage("no data at " + root + ": check the path");
    }
    return found;
  }

  /** The folder itself, or the one that a file is in. */
  static Path folder(Path root) {
    return Files.isDirectory(root) ? root : ListedFile.parent(root);
  }

  /**
   * Where the paths in a list may start: at its own folder, as Hugging Face has it; at the data
   * set's; or in one of these at a folder {@code images}, or that the last word of the list's name
   * names, as {@code captions_train2017.json} of COCO's does.
   */
  static List<Path> pictureFolders(Path root, ListedFile part) {
    String stem = Endings.stem(String.valueOf(part.path().getFileName()));
    String word = stem.substring(stem.lastIndexOf('_') + 1);
    List<Path> folders = new ArrayList<>();
    for (Path base : List.of(ListedFile.parent(part.path()), folder(root))) {
      folders.add(base);
      for (String images : IMAGES) {
        folders.add(base.resolve(images));
        folders.add(base.resolve(images).resolve(word));
      }
      folders.add(base.resolve(word));
    }
    return folders.stream().distinct().toList();
  }

  private static void collect(Path folder, Set<String> endings, boolean deeper, List<Path> found) {
    try (DirectoryStream<Path> names = Files.newDirectoryStream(folder)) {
      for (Path each : names) {
        String name = String.valueOf(each.getFileName());
        String ending = Endings.of(name);
        if (name.startsWith(".") || Endings.isPicture(ending) || ending.equals("txt")) {
          continue; // without asking whether it is a folder: there may be millions
        }
        boolean wanted = endings.contains(ending);
        BasicFileAttributes attributes = wanted || deeper ? attributes(each) : null;
        if (attributes == null) {
          continue;
        }
        if (wanted && attributes.isRegularFile()) {
          found.add(each);
        } else if (deeper && !wanted && attributes.isDirectory()) {
          collect(each, endings, false, found);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw FacetException.usage("cannot list " + folder + ": " + e.getMessage());
    }
  }

  /**
   * What a name stands for; null if it is a link that leads nowhere. To ask {@link
   * Files#isDirectory} would drop what a failing disk cannot tell of.
   */
  private static @Nullable BasicFileAttributes attributes(Path each) throws IOException {
    try {
      return Files.readAttributes(each, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
