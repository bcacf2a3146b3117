package dev.facet.spark;

import dev.facet.base.FacetException;
import dev.facet.base.PinnedArrays;
import dev.facet.prepare.Engine;
import dev.facet.prepare.plan.AddressPlan;
import dev.facet.prepare.plan.DatasetPlan;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * Makes parts with the executors of a Spark cluster. The driver plans, deals hosts, and makes the
 * whole of the parts; source, where its pictures are there, and parts lie where all can reach them.
 */
final class SparkEngine implements Engine {
  private static final String MASTER = "spark.master";
  private static final String SPECULATION = "spark.speculation";
  private static final String OPTIONS = "spark.executor.extraJavaOptions";
  private static final String DEFAULT_OPTIONS = "spark.executor.defaultJavaOptions";

  /** Tasks for each that can run at once, so that none waits long for the last one. */
  private static final int TASKS_PER_SLOT = 4;

  private final JavaSparkContext spark;
  private final JobFiles files;
  private final @Nullable Mirror mirror;

  private SparkEngine(JavaSparkContext spark, @Nullable URI store) {
    this.spark = spark;
    this.files = new JobFiles(spark.hadoopConfiguration());
    this.mirror = store == null ? null : new Mirror(files, folder(store));
  }

  private static URI folder(URI place) {
    return place.toString().endsWith("/") ? place : URI.create(place + "/");
  }

  /**
   * Connects to a cluster.
   *
   * @param master its address; null where spark-submit was told
   * @param store folder for parts and shards; null where all machines have that of the shards
   * @throws FacetException if it is said nowhere, or what is set does not go
   */
  static SparkEngine start(@Nullable String master, @Nullable URI store) {
    PinnedArrays.check();
    SparkConf conf = settings(new SparkConf(), master);
    try {
      return new SparkEngine(new JavaSparkContext(conf), store);
    } catch (Exception e) {
      throw FacetException.run(
          "cannot start Spark with --master %s: %s".formatted(conf.get(MASTER), e.getMessage()), e);
    }
  }

  static SparkConf settings(SparkConf conf, @Nullable String master) {
    String given = conf.get(MASTER, "");
    if (master != null && !given.isEmpty() && !given.equals(master)) {
      throw FacetException.usage(
          "--master %s: spark-submit was told %s; say it once".formatted(master, given));
    }
    if (master == null && given.isEmpty()) {
      throw FacetException.usage(
          "--engine spark needs --master URL: spark://host:7077, yarn, k8s://https://host:443 or"
              + " local[2]");
    }
    if (conf.getBoolean(SPECULATION, false)) {
      throw FacetException.usage(
          SPECULATION
              + " has the same hosts asked by two executors, beyond fetch.per_host: leave it off");
    }
    if (master != null) {
      conf.setMaster(master);
    }
    if (conf.get(MASTER).startsWith("local")) {
      // Nobody else has to find it.
      conf.setIfMissing("spark.driver.host", "127.0.0.1");
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
      conf.setIfMissing("spark.ui.enabled", "false");
    }
    conf.setIfMissing("spark.app.name", "facet prepare");
    conf.setIfMissing("spark.log.level", "WARN");
    String options = "--enable-native-access=ALL-UNNAMED -Djava.awt.headless=true";
    boolean chosen = conf.get(OPTIONS, "").matches(".*-XX:\\+Use\\w+GC\\b.*");
    conf.setIfMissing(DEFAULT_OPTIONS, chosen ? options : options + " -XX:+UseParallelGC");
    return conf;
  }

  @Override
  public void fetch(Work work, int number, AddressPlan plan)
      throws IOException, InterruptedException {
    keepPlans(work);
    new Rounds(spark, files, parts(work), work, number, plan).run();
    bringParts(work, number, plan.parts());
    work.progress().found(plan.rows());
  }

  @Override
  public void read(Work work, DatasetPlan plan) throws IOException, InterruptedException {
    keepPlans(work);
    URI parts = parts(work);
    List<Integer> left = new ArrayList<>();
    for (int part = 0; part < plan.parts(); part++) {
      if (!files.exists(Rounds.spool(parts, 0, part))) {
        left.add(part);
      }
    }
    int count = Math.min(left.size(), TASKS_PER_SLOT * spark.defaultParallelism());
    List<List<Integer>> dealt = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      dealt.add(new ArrayList<>());
    }
    for (int i = 0; i < left.size(); i++) {
      dealt.get(i % count).add(left.get(i));
    }
    Recipe recipe = new Recipe(work.settings(), work.takedown().entries(), Map.of());
    ReadTask task =
        new ReadTask(
            files,
            parts,
            work.source().toAbsolutePath().toString(),
            Files.readString(DatasetPlan.file(work.plans())),
            recipe.json());
    if (count > 0) {
      SparkFailure.told(() -> spark.parallelize(dealt, count).map(task).count());
    }
    bringParts(work, 0, plan.parts());
    work.progress().found(plan.rows());
  }

  private URI parts(Work work) {
    return mirror == null ? work.parts().toAbsolutePath().toUri() : mirror.parts();
  }

  /** So that a driver on another machine can go on. */
  private void keepPlans(Work work) throws IOException {
    if (mirror != null) {
      mirror.keep(work.out());
    }
  }

  private void bringParts(Work work, int plan, int count) throws IOException {
    if (mirror != null) {
      List<URI> spools = new ArrayList<>();
      for (int part = 0; part < count; part++) {
        spools.add(Rounds.spool(mirror.parts(), plan, part));
      }
      mirror.getParts(spools, work.parts());
    }
  }

  @Override
  public void begin(Path out) throws IOException {
    if (mirror != null) {
      mirror.restore(out);
    }
  }

  @Override
  public Path bring(URI source, Path out) throws IOException {
    return Mirror.bring(files, source, out);
  }

  @Override
  public void end(Path out) throws IOException {
    if (mirror != null) {
      mirror.keep(out);
      mirror.dropParts();
    }
  }

  @Override
  public void close() {
    spark.stop();
  }
}
