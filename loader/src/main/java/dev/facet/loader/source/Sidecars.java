package dev.facet.loader.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.FacetException;
import dev.facet.loader.data.Fields;
import dev.facet.loader.data.SplitName;
import dev.facet.loader.files.Endings;
import dev.facet.loader.index.Entry.Picture;
import dev.facet.loader.index.ListFormat;
import dev.facet.loader.index.ListedFile;
import dev.facet.loader.index.Sink;
import dev.facet.loader.json.MalformedException;
import dev.facet.loader.storage.Anchor;
import dev.facet.loader.storage.Patience;
import dev.facet.loader.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pictures in folders of any depth, with {@linkplain SidecarTexts their texts} beside them; several
 * lines of a text are several captions. A part is a folder of pictures: it is scanned anew when any
 * file in it, or in the folder with its texts, is another one than before.
 */
record Sidecars(Path root, Fields mapped, MappedFields fields) implements ListFormat {
  /** Longer ones are no captions. */
  private static final int MOST_TEXT = 16 << 20;

  @Override
  public List<ListedFile> parts() {
    FolderSums sums = new FolderSums(root);
    if (!Files.isDirectory(root)) {
      throw FacetException.usage(root + " is not a folder of pictures: check the path");
    }
    try {
      Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, sums);
    } catch (IOException e) {
      throw FacetException.run("cannot list " + root + ": " + e.getMessage(), e);
    }
    List<ListedFile> parts = sums.parts();
    if (parts.isEmpty()) {
      throw FacetException.usage(root + " holds no pictures: check data.root and data.format");
    }
    return parts;
  }

  @Override
  public List<Path> pictureFolders(ListedFile part) {
    return List.of(root);
  }

  @Override
  public void scan(ListedFile part, Sink sink) throws IOException {
    Anchor anchor = Anchor.at(part.path());
    List<String> pictures = new ArrayList<>();
    try (DirectoryStream<Path> names = Files.newDirectoryStream(part.path())) {
      for (Path each : names) {
        String name = String.valueOf(each.getFileName());
        if (isPicture(name)) {
          pictures.add(name);
        }
      }
    }
    if (pictures.size() < part.size()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%d pictures became %d while it was read: leave the data alone, and start again",
              part.size(),
              pictures.size()));
    }
    pictures.sort(null);
    SidecarTexts texts = SidecarTexts.of(root, part.path());
    long number = 0;
    for (String picture : pictures) {
      String path = part.name().equals(".") ? picture : part.name() + "/" + picture;
      try {
        ObjectNode object =
            TextObject.of(text(texts.json(picture)), text(texts.plain(picture)), true, mapped);
        String id = fields.id(object);
        sink.add(
            fields.entry(
                object, number, part.split(), id != null ? id : path, new Picture.InFile(path)));
      } catch (MalformedException e) {
        sink.addMalformed(number, path, path + ": " + e.getMessage());
      }
      number++;
    }
    anchor.hold(); // else all texts that were not found are on a disk that went
  }

  private static byte @Nullable [] text(@Nullable Path file) throws MalformedException {
    return file == null
        ? null
        : Patience.sleeping().<byte @Nullable [], MalformedException>read(() -> readText(file));
  }

  /** What a text of a picture holds; null if it went away. */
  private static byte @Nullable [] readText(Path file) throws MalformedException, StorageException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_TEXT + 1);
      if (bytes.length > MOST_TEXT) {
        throw new MalformedException(
            file.getFileName() + " is longer than " + (MOST_TEXT >> 20) + " MB");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      StorageException storage = StorageException.of(file, e);
      if (storage != null) {
        throw storage;
      }
      throw new MalformedException(
          file.getFileName()
              + " cannot be read ("
              + (e instanceof FileSystemException system && system.getReason() != null
                  ? system.getReason()
                  : e.getMessage())
              + ")");
    }
  }

  static boolean isPicture(String name) {
    return !name.startsWith(".") && Endings.isPicture(Endings.of(name));
  }

  /** Sums up the files of each folder that holds pictures, in whatever order they come. */
  private static final class FolderSums extends SimpleFileVisitor<Path> {
    private final Path root;
    private final Map<Path, long[]> sums = new HashMap<>();

    FolderSums(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      boolean hidden = !folder.equals(root) && folder.getFileName().toString().startsWith(".");
      return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = file.getFileName().toString();
      String ending = Endings.of(name);
      boolean picture = isPicture(name);
      if (picture || SidecarTexts.isText(ending)) {
        long[] sum = sums.computeIfAbsent(ListedFile.parent(file), folder -> new long[2]);
        sum[0] += picture ? 1 : 0;
        // A picture's content is looked at when it is read; a text's is in the index.
        long content = picture ? 0 : ListedFile.stamp(attributes) + 31 * attributes.size();
        sum[1] += mix(name.hashCode() + mix(content));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof FileSystemLoopException) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }

    List<ListedFile> parts() {
      List<ListedFile> parts = new ArrayList<>();
      sums.forEach(
          (folder, sum) -> {
            if (sum[0] > 0) {
              Path apart = SidecarTexts.apart(root, folder);
              long[] its = apart == null ? null : sums.get(apart);
              long stamp = its == null ? sum[1] : sum[1] + mix(its[1]);
              String name = root.relativize(folder).toString().replace('\\', '/');
              String split = SplitName.of(name + "/");
              parts.add(new ListedFile(folder, name.isEmpty() ? "." : name, split, sum[0], stamp));
            }
          });
      parts.sort(Comparator.comparing(ListedFile::name));
      return parts;
    }

    /** Spreads a number over all 64 bits (the finaliser of SplitMix64). */
    private static long mix(long value) {
      long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
      z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
      return z ^ (z >>> 31);
    }
  }
}
