package dev.facet.cli.work;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facet.base.Json;
import dev.facet.cli.console.Console;
import dev.facet.cli.request.ParityRequest;
import dev.facet.model.ModelOptions;
import dev.facet.model.parity.Agreement;
import dev.facet.model.parity.Parity;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** {@code facet parity}. */
final class ParityWork {
  /** Names that were passed over, in the text. */
  private static final int SHOWN = 8;

  private ParityWork() {}

  static boolean run(ParityRequest request, Console console) throws IOException {
    ModelOptions options = ModelOptions.plain(request.device(), request.precision());
    Parity parity =
        Parity.run(
            request.model(), request.io(), options, request.tolerance(), console.err()::println);
    console
        .out()
        .print(
            request.json()
                ? Json.PRETTY.writeValueAsString(json(request, parity)) + "\n"
                : text(parity));
    return parity.passes();
  }

  private static ObjectNode json(ParityRequest request, Parity parity) {
    ObjectNode json = Json.PRETTY.createObjectNode();
    json.put("model", request.model().toString());
    json.put("io", request.io().toString());
    json.put("tolerance", request.tolerance().outputs());
    json.put("gradient_tolerance", request.tolerance().gradients());
    json.put("passes", parity.passes());
    json.putArray("tensors");
    for (Agreement each : parity.compared()) {
      json.withArray("tensors")
          .addObject()
          .put("name", each.name())
          .put("difference", each.difference())
          .put("largest", each.largest())
          .put("allowed", each.allowed())
          .put("passes", each.passes());
    }
    parity.passedOver().forEach(json.putArray("passed_over")::add);
    return json;
  }

  private static String text(Parity parity) {
    int width = parity.compared().stream().mapToInt(each -> each.name().length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    String line = "%-" + width + "s  %10s  %10s  %10s%s%n";
    text.append(String.format(Locale.ROOT, line, "", "difference", "largest", "allowed", ""));
    for (Agreement each : parity.compared()) {
      text.append(
          String.format(
              Locale.ROOT,
              line,
              each.name(),
              number(each.difference()),
              number(each.largest()),
              number(each.allowed()),
              each.passes() ? "" : "  TOO FAR"));
    }
    if (!parity.passedOver().isEmpty()) {
      text.append("not compared: ").append(shown(parity.passedOver())).append('\n');
    }
    long far = parity.compared().stream().filter(each -> !each.passes()).count();
    Agreement worst =
        parity.compared().stream()
            .max(Comparator.comparingDouble(each -> each.difference() / each.allowed()))
            .orElseThrow();
    return text.append(
            String.format(
                Locale.ROOT,
                "%d of %d tensors agree; the furthest is %s%n",
                parity.compared().size() - far,
                parity.compared().size(),
                worst.name()))
        .toString();
  }

  private static String shown(List<String> names) {
    int more = names.size() - SHOWN;
    return String.join(", ", names.subList(0, Math.min(SHOWN, names.size())))
        + (more > 0 ? " and " + more + " more (--json names them)" : "");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1e", value);
  }
}
