package dev.facet.spark;

import dev.facet.base.Json;
import dev.facet.prepare.PrepareSettings;
import dev.facet.prepare.part.LaneMaker;
import dev.facet.prepare.part.LaneSpool;
import dev.facet.prepare.plan.Errand;
import dev.facet.prepare.plan.ErrandCodec;
import dev.facet.prepare.plan.Lanes;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.spark.api.java.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All errands of one lane in one round, some thousand rows at a time: each of these has its file
 * when it is done, and is passed over when the task is run again.
 *
 * @param folder of the round
 * @param lanes how many there are
 * @param recipe as text
 */
record LaneTask(JobFiles files, URI folder, int lanes, String recipe)
    implements Function<Integer, List<Haul>> {
  private static final long serialVersionUID = 1L;

  /** About as many as a part has: what is lost with an executor, of each task. */
  private static final int ROWS = 8192;

  /** The list of a lane's errands. */
  static URI errands(URI folder, int lane) {
    return folder.resolve(String.format(Locale.ROOT, "lane-%05d.errands", lane));
  }

  @Override
  public List<Haul> call(Integer lane) throws IOException, InterruptedException {
    Executors.check();
    Recipe what = Recipe.of(recipe);
    List<Haul> hauls = new ArrayList<>();
    try (DataInputStream in =
            new DataInputStream(
                new BufferedInputStream(files.open(errands(folder, lane)), 1 << 16));
        Work work = new Work(what, new Lanes(lanes), lane)) {
      Errand next = ErrandCodec.read(in);
      while (next != null) {
        List<Errand> some = new ArrayList<>();
        int block = work.lanes.block(next.part());
        for (int rows = 0;
            next != null && rows < ROWS && work.lanes.block(next.part()) == block;
            next = ErrandCodec.read(in)) {
          some.add(next);
          rows += next.rows().size();
        }
        URI file =
            folder.resolve(String.format(Locale.ROOT, "lane-%05d-%06d.spool", lane, hauls.size()));
        if (!files.exists(file)) {
          work.make(some, file);
        }
        hauls.add(new Haul(file, block, Json.LINE.writeValueAsString(contents(file))));
      }
    }
    return hauls;
  }

  /** As they stand in the file, which another attempt at this task may have written. */
  private LaneSpool.Contents contents(URI file) throws IOException {
    try (FSDataInputStream in = files.open(file)) {
      return LaneSpool.contents(file.toString(), files.size(file), in::readFully);
    }
  }

  /** What is needed to fetch, opened when something has to be. */
  private final class Work implements AutoCloseable {
    private final Recipe what;
    private final Lanes lanes;
    private final int lane;
    private @Nullable LaneMaker maker;

    Work(Recipe what, Lanes lanes, int lane) {
      this.what = what;
      this.lanes = lanes;
      this.lane = lane;
    }

    void make(List<Errand> errands, URI file) throws IOException, InterruptedException {
      if (maker == null) {
        PrepareSettings settings = what.settings();
        maker =
            new LaneMaker(
                Executors.cores(),
                settings.fetch(),
                settings.part(),
                what.takedown(),
                what.files(),
                lanes.hosts(lane));
      }
      Path scratch = Files.createTempFile(Executors.scratch(), "lane-", ".spool");
      try (LaneSpool spool = maker.make(errands, scratch)) {
        files.put(file, spool::writeTo);
      }
    }

    @Override
    public void close() {
      if (maker != null) {
        maker.close();
      }
    }
  }
}
