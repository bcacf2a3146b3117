package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.cli.config.Config;
import dev.facet.cli.console.Console;
import dev.facet.cli.console.Terminal;
import dev.facet.cli.request.TrainRequest;
import dev.facet.train.RunDirectory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program shows a run while it goes on. */
final class FollowedRunTest {
  @TempDir private Path folder;

  @Test
  void theReportSaysHowFarTheRunIsUntilItIsDone() throws Exception {
    SmallRun small = new SmallRun(folder).withPictures();
    String text = Files.readString(small.config()).replace("epochs: 6", "epochs: 1");
    Files.writeString(small.config(), text.replace("eval_every: 20", "eval_every: 4"));
    Path report = small.run().resolve("report.html");
    Console console =
        new Console(
            new PrintWriter(new StringWriter()),
            new PrintWriter(new StringWriter()),
            Terminal.NONE);
    Config config = Config.loadForTraining(small.config(), List.of());

    boolean finished;
    try (RunDirectory run = RunDirectory.take(small.run(), note -> {})) {
      finished =
          new AllWork()
              .train(new TrainRequest(config, false, run), console, () -> Files.exists(report));
    }

    assertThat(finished).isFalse();
    assertThat(Files.readString(report))
        .contains("The run was at step 4 of 9", "Training loss", "src=\"data:image/jpeg");
    try (var events = Files.newDirectoryStream(small.run(), "events.*")) {
      assertThat(Files.readString(events.iterator().next(), StandardCharsets.ISO_8859_1))
          .contains("train/first_batch", "weights/image_tower", "weights/text_tower")
          .contains("eval/test/right_pairs", "eval/test/wrong_pairs", "eval/test/gallery");
    }
    assertThat(small.facet("runs", folder.toString())).as(small.err()).isZero();
    assertThat(small.out()).containsPattern("run +stopped +4 of 9").contains("best of test");

    assertThat(small.train("--resume")).as(small.err()).isZero();
    assertThat(Files.readString(report)).doesNotContain("The run was at step");
    assertThat(small.facet("runs", folder.toString())).isZero();
    assertThat(small.out()).containsPattern("run +done +9 of 9");
    assertThat(folder.resolve("runs.html")).exists();
  }
}
