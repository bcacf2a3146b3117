package dev.facet.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import dev.facet.base.FacetException;
import dev.facet.model.tensors.WeightFiles;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/** What every attack must end in: one message with the file's name, and little memory used. */
public final class Hostile {
  private static final long LIMIT = 50_000_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Hostile() {}

  /** Opens a file, which must be refused for this reason. */
  public static void refused(Path file, String reason) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Throwable thrown = catchThrowable(() -> WeightFiles.openFile(file).close());
    long used = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertThat(thrown)
        .isInstanceOf(FacetException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(reason);
    assertThat(thrown.getMessage()).hasSizeLessThan(4000).doesNotContain("\n", "\u001b");
    assertThat(used).as("bytes for: " + reason).isLessThan(LIMIT);
  }
}
