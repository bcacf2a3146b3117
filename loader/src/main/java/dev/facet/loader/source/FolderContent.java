package dev.facet.loader.source;

import dev.facet.base.FacetException;
import dev.facet.base.GitLfs;
import dev.facet.loader.files.Endings;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What lies in a folder at any depth, as far as a first look shows. */
final class FolderContent extends SimpleFileVisitor<Path> {
  /** After so many files without a text beside a picture there will be none. */
  private static final int FILES_LOOKED_AT = 10_000;

  /** As many kinds of files as a message names. */
  private static final int MOST_KINDS = 8;

  private final Path root;
  private final Map<String, Integer> endings = new TreeMap<>();
  private boolean hasSidecars;
  private int files;

  private FolderContent(Path root) {
    this.root = root;
  }

  /**
   * Looks through a folder, up to the first picture that has a text.
   *
   * @throws FacetException if it cannot be listed, or holds a file that is a pointer of Git LFS
   */
  static FolderContent of(Path root) {
    FolderContent content = new FolderContent(root);
    try {
      Files.walkFileTree(
          root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, content);
    } catch (IOException e) {
      throw FacetException.usage("cannot list " + root + ": " + e.getMessage());
    }
    return content;
  }

  boolean hasSidecars() {
    return hasSidecars;
  }

  /** "are 12 .jpg, 3 .dat and 1 without an ending"; "is nothing". */
  String described() {
    if (files == 0) {
      return "is nothing";
    }
    List<String> kinds = new ArrayList<>();
    endings.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(MOST_KINDS)
        .forEach(
            kind ->
                kinds.add(
                    kind.getKey().isEmpty()
                        ? kind.getValue() + " without an ending"
                        : kind.getValue() + " ." + kind.getKey()));
    String last = kinds.removeLast();
    String list = kinds.isEmpty() ? last : String.join(", ", kinds) + " and " + last;
    String more = endings.size() > MOST_KINDS ? ", and files of other kinds" : "";
    String first = files == FILES_LOOKED_AT ? " among the first " + files + " files" : "";
    return (files == 1 ? "is " : "are ") + list + more + first;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
    boolean hidden = !folder.equals(root) && String.valueOf(folder.getFileName()).startsWith(".");
    return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    String name = String.valueOf(file.getFileName());
    if (name.startsWith(".")) {
      return FileVisitResult.CONTINUE;
    }
    if (Sidecars.isPicture(name)) {
      hasSidecars = SidecarTexts.exist(root, file);
    }
    String ending = Endings.of(name);
    if (endings.merge(ending, 1, Integer::sum) == 1) {
      GitLfs.refuse(file); // the first of each kind tells whether the clone has its files
    }
    files++;
    return hasSidecars || files == FILES_LOOKED_AT
        ? FileVisitResult.TERMINATE
        : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) {
    return FileVisitResult.CONTINUE; // a folder that may not be entered, a link that leads nowhere
  }
}
