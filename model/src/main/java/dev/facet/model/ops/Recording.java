package dev.facet.model.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The operations of a computation, noted instead of computed, so that the code which runs a model
 * is also the only description of what it computes.
 *
 * <p>While one is made, every method of {@link Ops} returns a stand-in: a scalar without meaning,
 * that the next operation is recognised by. So the computation may look at no array's values or
 * shape, and call nothing but {@link Ops}.
 */
public final class Recording {
  static final ScopedValue<Recording> ACTIVE = ScopedValue.newInstance();

  /**
   * One operation.
   *
   * @param function its name in the {@code .py} files
   * @param arguments by the names of its parameters, in order
   */
  public record Call(String function, SequencedMap<String, Argument> arguments) {
    public Call {
      arguments = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(arguments));
    }

    /** Names of the weights among its arguments. */
    public List<String> weights() {
      return arguments.values().stream()
          .flatMap(
              each -> each instanceof Several several ? several.each.stream() : Stream.of(each))
          .flatMap(each -> each instanceof Weight weight ? Stream.of(weight.name) : Stream.of())
          .toList();
    }
  }

  /** What an operation is given. */
  public sealed interface Argument {}

  /** What the computation is given. */
  public record Input() implements Argument {}

  /** What an earlier call returned. */
  public record Result(int call) implements Argument {}

  /** A weight of the model. */
  public record Weight(String name) implements Argument {}

  /** A whole number. */
  public record Whole(long value) implements Argument {}

  /** A floating-point number. */
  public record Real(double value) implements Argument {}

  /** Yes or no. */
  public record Truth(boolean value) implements Argument {}

  /** Stands for an array that is not there. */
  public record Nothing() implements Argument {}

  /**
   * A list of arrays.
   *
   * @param names that the function gives them, as many; or none
   */
  public record Several(List<Argument> each, List<String> names) implements Argument {
    public Several {
      each = List.copyOf(each);
      names = List.copyOf(names);
    }

    /** The one that the function gives this name. */
    public Argument named(String name) {
      int place = names.indexOf(name);
      if (place < 0) {
        throw new IllegalArgumentException(name + " is none of " + names);
      }
      return each.get(place);
    }
  }

  private final IdentityHashMap<NDArray, Argument> known = new IdentityHashMap<>();
  private final List<Call> calls = new ArrayList<>();

  private Recording() {}

  /**
   * Notes what a function of one input calls; its last call gives its result.
   *
   * @param input any array; stands for the input
   * @param weights by name; each may be any array of its own
   */
  public static List<Call> of(
      NDArray input, Map<String, NDArray> weights, Supplier<NDArray> function) {
    Recording recording = new Recording();
    recording.known.put(input, new Input());
    recording.known.put(Ops.get().none(), new Nothing());
    weights.forEach((name, array) -> recording.known.put(array, new Weight(name)));
    NDArray output = ScopedValue.where(ACTIVE, recording).call(function::get);
    if (!new Result(recording.calls.size() - 1).equals(recording.known.get(output))) {
      throw new IllegalStateException("what comes out is not what the last operation returned");
    }
    return List.copyOf(recording.calls);
  }

  NDArray note(NDManager scope, Function function, Object[] arguments) {
    SequencedMap<String, Argument> noted = new LinkedHashMap<>();
    for (int i = 0; i < arguments.length; i++) {
      Function.Parameter parameter = function.parameters().get(i);
      noted.put(
          parameter.name(),
          switch (arguments[i]) {
            case List<?> list ->
                new Several(
                    list.stream().map(one -> array(function, (NDArray) one)).toList(),
                    parameter.elements());
            case Boolean truth -> new Truth(truth);
            case Double real -> new Real(real);
            case Number whole -> new Whole(whole.longValue());
            default -> array(function, (NDArray) arguments[i]);
          });
    }
    NDArray result = scope.create(0f);
    known.put(result, new Result(calls.size()));
    calls.add(new Call(function.name(), noted));
    return result;
  }

  private Argument array(Function function, NDArray array) {
    Argument found = known.get(array);
    if (found == null) {
      throw new IllegalStateException(
          function.name() + " was given an array that is neither weight nor from an operation");
    }
    return found;
  }
}
