package dev.facet.cli.runs;

import dev.facet.cli.settings.RunConfig;
import dev.facet.eval.log.RunLog;
import dev.facet.train.Checkpoints;
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
import org.jspecify.annotations.Nullable;

/**
 * The runs below a folder. A run is a folder with a log, or with a config and checkpoints where the
 * log is gone; nothing inside of a run is looked through.
 *
 * @param found in the order of their names
 * @param notes what could not be looked through
 */
record RunFolders(List<Path> found, List<String> notes) {

  static RunFolders below(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    Files.walkFileTree(
        folder,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
            if (isRun(each)) {
              found.add(each);
              return FileVisitResult.SKIP_SUBTREE;
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path each, IOException e) {
            // A link to nowhere, or in a circle, leads to no run.
            if (!Files.isSymbolicLink(each)) {
              notes.add(
                  each + " could not be looked through (" + e.getClass().getSimpleName() + ")");
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path each, @Nullable IOException e) {
            return e == null ? FileVisitResult.CONTINUE : visitFileFailed(each, e);
          }
        });
    found.sort(null);
    return new RunFolders(found, notes);
  }

  private static boolean isRun(Path folder) {
    return Files.exists(folder.resolve(RunLog.FILE))
        || (Files.exists(folder.resolve(RunConfig.CONFIG_FILE))
            && Files.isDirectory(folder.resolve(Checkpoints.FOLDER)));
  }
}
