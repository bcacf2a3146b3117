package dev.facet.model.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
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
   * @param method its name in {@code ops.py}
   */
  public record Call(String method, List<Argument> arguments) {
    public Call {
      arguments = List.copyOf(arguments);
    }

    /** Names of the weights among its arguments. */
    public List<String> weights() {
      return arguments.stream()
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

  /** Stands for a matrix that is not there. */
  public record Nothing() implements Argument {}

  /** A list of arrays. */
  public record Several(List<Argument> each) implements Argument {
    public Several {
      each = List.copyOf(each);
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

  NDArray note(NDManager scope, String method, Object[] arguments) {
    List<Argument> noted = new ArrayList<>();
    for (Object each : arguments) {
      noted.add(
          switch (each) {
            case List<?> list ->
                new Several(list.stream().map(one -> argument(method, (NDArray) one)).toList());
            case Number number -> number(number);
            default -> argument(method, (NDArray) each);
          });
    }
    NDArray result = scope.create(0f);
    known.put(result, new Result(calls.size()));
    calls.add(new Call(method, noted));
    return result;
  }

  private static Argument number(Number value) {
    return value instanceof Double ? new Real(value.doubleValue()) : new Whole(value.longValue());
  }

  private Argument argument(String method, NDArray array) {
    Argument found = known.get(array);
    if (found != null) {
      return found;
    }
    if (array.getShape().dimension() == 0 && array.getDataType() == DataType.INT64) {
      return number(array.getLong());
    }
    if (array.getShape().dimension() == 0 && array.getDataType() == DataType.FLOAT64) {
      return number(array.getDouble());
    }
    throw new IllegalStateException(
        method + " was given an array that is neither weight, nor number, nor from an operation");
  }
}
