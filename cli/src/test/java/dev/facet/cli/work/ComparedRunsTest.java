package dev.facet.cli.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facet.base.Json;
import dev.facet.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program compares evaluations, and the nightly script goes by what it says. */
final class ComparedRunsTest {
  @TempDir private Path folder;
  private SmallRun facet;

  @BeforeEach
  void aTrainedModel() throws IOException {
    facet = new SmallRun(folder).withPictures();
    assertThat(facet.train("--set", "train.epochs=2")).as(facet.err()).isZero();
  }

  @Test
  void anEvaluationIsHeldAgainstAnEarlierOneOfTheSamePairs() throws IOException {
    Path first = facet.run().resolve("checkpoints/step-00000016");
    Path begun = folder.resolve("begun");
    assertThat(eval(first, begun)).as(facet.err()).isZero();

    assertThat(facet.facet("compare", begun.toString(), facet.run().toString(), "--json"))
        .as(facet.err())
        .isZero();
    assertThat(eval(facet.run().resolve("checkpoints/best"), folder.resolve("now"), begun))
        .as(facet.err())
        .isZero();

    assertThat(facet.out()).contains("beside " + begun, "text to image R@10", "find a picture");
    JsonNode now = Json.LINE.readTree(folder.resolve("now/eval.json").toFile());
    JsonNode was = Json.LINE.readTree(begun.resolve("eval.json").toFile());
    JsonNode mrr = now.at("/baseline/text_to_image/mrr");
    assertThat(mrr.get("before").asDouble())
        .isCloseTo(was.at("/text_to_image/mrr").asDouble(), within(1e-12));
    assertThat(mrr.get("after").asDouble())
        .isCloseTo(now.at("/text_to_image/mrr").asDouble(), within(1e-12));
    assertThat(facet.out()).contains("\"difference\" : " + mrr.get("difference").asDouble());
  }

  @Test
  void whatCannotBeComparedIsRefusedWithTheReason() throws IOException {
    Path strict = folder.resolve("strict");
    Path fewer = folder.resolve("fewer");
    Path best = facet.run().resolve("checkpoints/best");
    facet.facet(
        "eval",
        "--checkpoint",
        best.toString(),
        "--out",
        strict.toString(),
        "--set",
        "eval.identical_captions=strict");
    facet.facet("eval", "--checkpoint", best.toString(), "--out", "" + fewer, "--split", "train");

    assertThat(facet.facet("compare", "" + facet.run(), "" + strict)).isEqualTo(2);
    assertThat(facet.err()).contains("eval.identical_captions strict");
    assertThat(facet.facet("compare", "" + facet.run(), "" + fewer)).isEqualTo(2);
    assertThat(facet.err()).contains("they are about different pairs: 16 pictures of the first");
    assertThat(facet.facet("compare", "" + facet.run(), "" + folder)).isEqualTo(2);
    assertThat(facet.err()).contains("there is no evaluation");
    Files.delete(facet.run().resolve("ranks.jsonl"));
    assertThat(facet.facet("compare", "" + facet.run(), "" + strict)).isEqualTo(2);
  }

  @Test
  void theNightlyScriptEndsAsRequiredAndComparesWithTheNightBefore() throws Exception {
    Path nights = folder.resolve("nights");
    assertThat(nightly(nights, "--require", "baseline.rsum.difference>=0")).isZero();
    Path first = nights.resolve("last").toRealPath();
    assertThat(nightly(nights, "--require", "baseline.rsum.difference>=0")).isZero();
    Path second = nights.resolve("last").toRealPath();
    assertThat(second).isNotEqualTo(first);
    assertThat(Json.LINE.readTree(second.resolve("eval.json").toFile()).at("/baseline/rsum/p"))
        .hasToString("1.0");
    assertThat(nightly(nights, "--require", "baseline.rsum.difference>=1")).isEqualTo(1);
    assertThat(nightly(nights, "--require", "nonsense")).isEqualTo(2);
  }

  private int eval(Path checkpoint, Path out, Path... baseline) {
    List<String> command =
        new ArrayList<>(
            List.of("eval", "--checkpoint", checkpoint.toString(), "--out", out.toString()));
    Stream.of(baseline).forEach(each -> command.addAll(List.of("--baseline", each.toString())));
    return facet.facet(command.toArray(String[]::new));
  }

  private int nightly(Path nights, String... more) throws Exception {
    Path program = folder.resolve("facet");
    Files.writeString(
        program,
        """
        #!/bin/bash
        exec '%s' --enable-native-access=ALL-UNNAMED -Dai.djl.offline=true -cp '%s' %s "$@"
        """
            .formatted(
                ProcessHandle.current().info().command().orElseThrow(),
                System.getProperty("java.class.path"),
                Main.class.getName()));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    List<String> command =
        new ArrayList<>(List.of("../eval/scripts/nightly.sh", nights.toString(), "" + facet.run()));
    command.addAll(List.of(more));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log.txt").toFile());
    builder.environment().put("FACET", program.toString());
    return builder.start().waitFor();
  }
}
