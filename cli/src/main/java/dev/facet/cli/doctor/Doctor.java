package dev.facet.cli.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import dev.facet.cli.inspect.SheetText;
import dev.facet.loader.decode.DecodeSettings;
import dev.facet.loader.decode.PictureDecoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Looks at this machine: Java, memory, disk, driver, libtorch, picture libraries, and whether the
 * device computes right, and how fast.
 *
 * @param findings in the order in which they are told
 */
public record Doctor(List<Finding> findings) {
  /** Looks; takes a few seconds. */
  public static Doctor look() throws IOException {
    List<Finding> findings = new ArrayList<>(Machine.findings());
    findings.addAll(Compute.findings());
    findings.add(pictures());
    findings.add(
        Finding.good(
            "fonts", Objects.requireNonNullElse(SheetText.problem(), "text is drawn on sheets")));
    return new Doctor(List.copyOf(findings));
  }

  private static Finding pictures() {
    try (PictureDecoder decoder = new PictureDecoder(DecodeSettings.DEFAULT)) {
      return Finding.good("pictures", decoder.library());
    } catch (RuntimeException | LinkageError e) {
      return Finding.bad("pictures", e);
    }
  }

  /** Whether nothing is wrong. */
  public boolean isHealthy() {
    return problems().isEmpty();
  }

  private List<String> problems() {
    return findings.stream().map(Finding::problem).filter(Objects::nonNull).toList();
  }

  /** Lines for people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    findings.forEach(
        each ->
            text.append(String.format(Locale.ROOT, "%-15s %s%n", each.subject(), each.found())));
    text.append(System.lineSeparator());
    problems().forEach(each -> text.append("problem: ").append(each).append('\n'));
    return text.append(isHealthy() ? "nothing is wrong\n" : "").toString();
  }

  /** For machines. */
  public String json() throws IOException {
    ObjectNode all = Json.PRETTY.createObjectNode();
    all.put("healthy", isHealthy());
    all.set("findings", Json.PRETTY.valueToTree(findings));
    return Json.PRETTY.writeValueAsString(all) + "\n";
  }
}
