package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.facet.eval.log.RunLog;
import dev.facet.eval.log.StepLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program with several models open: replicas, and a teacher. */
final class CopiesRunTest {
  @TempDir private Path folder;
  private SmallRun facet;

  @BeforeEach
  void pictures() throws IOException {
    facet = new SmallRun(folder).withPictures();
  }

  @Test
  void replicasLearnWhatASingleOneLearns() throws IOException {
    Path one = run("one");
    Path two = run("two", "train.replicas=2", "train.micro_batch=4");
    assertThat(facet.err()).contains("global batch 16 on 2 replicas, 4 at once");
    List<Float> expected = SmallRun.losses(one);
    List<Float> found = SmallRun.losses(two);
    assertThat(found).hasSameSizeAs(expected);
    for (int step = 0; step < found.size(); step++) {
      assertThat(found.get(step)).isCloseTo(expected.get(step), within(1e-5f));
    }
    assertThat(two.resolve("checkpoints/best")).isDirectory();
  }

  @Test
  void aTeacherIsImitatedAndOneWithOtherTokensIsRefused() throws IOException {
    String teacher = run("taught").resolve("checkpoints/best").toString();
    Path pupil =
        run("pupil", "model.init=" + teacher, "train.teacher=" + teacher, "train.distillation=1");
    // Who imitates himself has nothing to learn at first.
    assertThat(firstStep(pupil).gradNorm()).isLessThan(1e-3f);
    assertThat(firstStep(run("alone", "model.init=" + teacher)).gradNorm()).isGreaterThan(0.01f);

    assertThat(train("other", "train.teacher=" + teacher, "model.vocab_size=530")).isEqualTo(2);
    assertThat(facet.err()).contains("train.teacher", "model.tokenizer");
  }

  private static StepLine firstStep(Path run) throws IOException {
    return RunLog.read(run).stream()
        .filter(StepLine.class::isInstance)
        .map(StepLine.class::cast)
        .findFirst()
        .orElseThrow();
  }

  /** Trains for an epoch. */
  private Path run(String name, String... settings) {
    assertThat(train(name, settings)).as(facet::err).isZero();
    return folder.resolve(name);
  }

  private int train(String name, String... settings) {
    String[] all = new String[2 * settings.length + 4];
    all[0] = "--set";
    all[1] = "run.dir=" + folder.resolve(name);
    all[2] = "--set";
    all[3] = "train.epochs=1";
    for (int i = 0; i < settings.length; i++) {
      all[2 * i + 4] = "--set";
      all[2 * i + 5] = settings[i];
    }
    return facet.train(all);
  }
}
