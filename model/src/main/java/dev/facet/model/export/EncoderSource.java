package dev.facet.model.export;

import dev.facet.model.ops.Recording;
import dev.facet.model.ops.Source;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The methods of one exported encoder: {@code forward}, and the operations that it calls. */
final class EncoderSource {
  private EncoderSource() {}

  /**
   * Writes the methods, indented by two.
   *
   * @param type class of the encoder
   * @param input name of what {@code forward} takes
   */
  static String of(String type, String input, List<Recording.Call> calls) {
    String self = "__torch__." + type;
    StringBuilder text = new StringBuilder();
    text.append("  def forward(self: ").append(self).append(", ").append(input);
    text.append(": Tensor) -> Tensor:\n");
    for (int i = 0; i < calls.size(); i++) {
      Recording.Call call = calls.get(i);
      text.append("    ").append(result(i)).append(" = (self).").append(call.function());
      text.append('(').append(all(call.arguments().sequencedValues(), input)).append(")\n");
    }
    text.append("    return ").append(result(calls.size() - 1)).append('\n');
    return text.append(Source.methods(self, calls)).toString();
  }

  private static String all(Collection<Recording.Argument> arguments, String input) {
    return arguments.stream().map(each -> one(each, input)).collect(Collectors.joining(", "));
  }

  private static String one(Recording.Argument argument, String input) {
    return switch (argument) {
      case Recording.Input _ -> input;
      case Recording.Result result -> result(result.call());
      case Recording.Weight weight -> ModuleClasses.path(weight.name());
      case Recording.Whole whole -> Long.toString(whole.value());
      case Recording.Real real -> Double.toString(real.value());
      case Recording.Truth truth -> truth.value() ? "True" : "False";
      case Recording.Nothing _ ->
          throw new IllegalStateException("adapters are merged into the weights they stand beside");
      case Recording.Several several -> "[" + all(several.each(), input) + "]";
    };
  }

  private static String result(int call) {
    return "_" + call;
  }
}
