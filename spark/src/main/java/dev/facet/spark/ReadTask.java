package dev.facet.spark;

import dev.facet.prepare.PrepareSettings;
import dev.facet.prepare.part.Makers;
import dev.facet.prepare.part.PartProgress;
import dev.facet.prepare.part.Parts;
import dev.facet.prepare.part.PhotoRecord;
import dev.facet.prepare.plan.DatasetPlan;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.function.Function;

/**
 * Parts of data whose pictures are there, on a path that every machine has.
 *
 * @param parts folder for the parts
 * @param source where the data lies
 * @param plan what the driver found there, to be compared
 * @param recipe as text
 */
record ReadTask(JobFiles files, URI parts, String source, String plan, String recipe)
    implements Function<List<Integer>, Long> {
  private static final long serialVersionUID = 1L;

  /** The driver hears of a task's rows when it is done. */
  private static final PartProgress NOBODY =
      new PartProgress() {
        @Override
        public void found(long rows) {}

        @Override
        public void made(PhotoRecord record) {}
      };

  @Override
  public Long call(List<Integer> numbers) throws IOException, InterruptedException {
    Executors.check();
    Recipe what = Recipe.of(recipe);
    PrepareSettings settings = what.settings();
    Path scratch = Files.createTempDirectory(Executors.scratch(), "parts-");
    Files.writeString(DatasetPlan.file(scratch), plan);
    long rows = 0;
    try (DatasetPlan data = DatasetPlan.of(settings.source().pictures(Path.of(source)), scratch);
        Makers makers = new Makers(Executors.cores(), settings.part(), what.takedown())) {
      Parts made = new Parts(scratch, NOBODY);
      for (int part : numbers) {
        URI target = Rounds.spool(parts, 0, part);
        if (!files.exists(target)) {
          made.read(data, part, makers);
          Path spool = Parts.spool(scratch, 0, part);
          files.put(target, out -> Files.copy(spool, out));
          Files.delete(spool);
        }
        rows += data.part(part).stream().mapToLong(DatasetPlan.Piece::rows).sum();
      }
    }
    return rows;
  }
}
