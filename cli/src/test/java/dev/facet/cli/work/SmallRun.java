package dev.facet.cli.work;

import dev.facet.cli.command.Facet;
import dev.facet.cli.console.Console;
import dev.facet.cli.console.Terminal;
import dev.facet.eval.log.EvalLine;
import dev.facet.eval.log.RunLog;
import dev.facet.eval.log.StepLine;
import dev.facet.prepare.synth.Synth;
import dev.facet.prepare.synth.SynthSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The real program on 160 drawn faces and pictures of 16 pixels: a run takes seconds. */
final class SmallRun {
  static final int STEPS = 54;
  static final int STEPS_PER_EPOCH = 9;

  private final Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  SmallRun(Path folder) throws IOException {
    this.folder = folder;
    Files.writeString(
        config(),
        """
        run:
          dir: %s
        data:
          root: %s
          threads: 2
          window: 2
        model:
          preset: tiny
          image_size: 16
          context_length: 12
          vocab_size: 520
          device: cpu
        train:
          batch: 16
          epochs: 6
          warmup_steps: 5
          checkpoint_every: 4
          eval_every: 20
        eval:
          gallery: 2
        """
            .formatted(run(), data()));
  }

  /** Draws the pictures: 144 to train on, 16 held out. */
  SmallRun withPictures() throws IOException {
    Synth.write(new SynthSettings(data(), 160, 3, 0.1, 2, "test"), done -> {});
    return this;
  }

  Path config() {
    return folder.resolve("my.yaml");
  }

  Path data() {
    return folder.resolve("data");
  }

  Path run() {
    return folder.resolve("run");
  }

  int train(String... more) {
    return facet(
        Stream.concat(Stream.of("train", "--config", config().toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  int facet(String... arguments) {
    return Facet.run(
        new Console(new PrintWriter(out, true), new PrintWriter(err, true), Terminal.NONE),
        new AllWork(),
        arguments);
  }

  /** Arguments and more of them. */
  static String[] concat(String[] first, String... second) {
    return Stream.concat(Stream.of(first), Stream.of(second)).toArray(String[]::new);
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }

  /** What each evaluation found. */
  static List<List<Object>> recalls(Path run) throws IOException {
    return RunLog.read(run).stream()
        .filter(EvalLine.class::isInstance)
        .map(EvalLine.class::cast)
        .map(line -> List.<Object>of(line.step(), line.imageToText(), line.textToImage()))
        .toList();
  }

  static List<Float> losses(Path run) throws IOException {
    return RunLog.read(run).stream()
        .filter(StepLine.class::isInstance)
        .map(line -> ((StepLine) line).loss())
        .toList();
  }
}
