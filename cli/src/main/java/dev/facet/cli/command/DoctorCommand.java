package dev.facet.cli.command;

import dev.facet.cli.console.Console;
import dev.facet.cli.request.Work;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code facet doctor}. */
@Command(
    name = "doctor",
    header = "Tell what this machine has, and what is wrong with it.",
    description =
        "Looks at Java, memory, disk, the CUDA driver and its devices, libtorch and the picture"
            + " libraries; checks that the device training would take computes right, and measures a"
            + " matrix product and a training step on it. Takes a few seconds and writes nothing. The"
            + " exit code is 1 if something is wrong; each problem is told with its cure.",
    footer = {"%nExamples:", "  facet doctor", "  facet doctor --json"})
final class DoctorCommand implements Callable<Integer> {
  @Option(names = "--json", description = "Print for machines.")
  private boolean json;

  private final Console console;
  private final Work work;

  DoctorCommand(Console console, Work work) {
    this.console = console;
    this.work = work;
  }

  @Override
  public Integer call() throws Exception {
    return work.doctor(json, console) ? 0 : 1;
  }
}
