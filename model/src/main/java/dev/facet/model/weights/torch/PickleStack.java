package dev.facet.model.weights.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stack, marks and memo of an unpickler, and what all its objects may cost. */
final class PickleStack {
  private static final int MAX_DEPTH = 200_000;
  private static final int MAX_MARKS = 10_000;
  private static final int MAX_MEMO = 1 << 20;

  /** Bytes of all objects ever made; the largest training checkpoints need a few million. */
  private static final long MAX_COST = 24 << 20;

  private final Refusals refusals;
  private final ArrayList<Object> stack = new ArrayList<>();
  private final ArrayList<Integer> marks = new ArrayList<>();
  private @Nullable Object[] memo = new @Nullable Object[256];
  private int memoized;
  private long cost;

  PickleStack(Refusals refusals) {
    this.refusals = refusals;
  }

  /** Accounts for a new object; about what it takes on the heap, with what making it takes. */
  void charge(long bytes) {
    cost += bytes;
    if (cost > MAX_COST) {
      throw refusals.broken("its pickle asks for more than " + (MAX_COST >> 20) + " MiB");
    }
  }

  void push(Object value) {
    if (stack.size() == MAX_DEPTH) {
      throw refusals.broken("its pickle stacks more than " + MAX_DEPTH + " values");
    }
    stack.add(value);
  }

  Object pop() {
    requireAboveMark();
    return stack.removeLast();
  }

  Object peek() {
    requireAboveMark();
    return stack.getLast();
  }

  void mark() {
    if (marks.size() == MAX_MARKS) {
      throw refusals.broken("its pickle nests deeper than " + MAX_MARKS);
    }
    marks.add(stack.size());
  }

  /** Everything above the last mark, which goes. */
  List<Object> popToMark() {
    if (marks.isEmpty()) {
      throw refusals.broken("its pickle takes from an empty stack");
    }
    List<Object> top = stack.subList(marks.removeLast(), stack.size());
    charge(24 + 8L * top.size());
    List<Object> values = new ArrayList<>(top);
    top.clear();
    return values;
  }

  boolean isAtMark() {
    return !marks.isEmpty() && marks.getLast() == stack.size();
  }

  void memoize() {
    memoize(memoized);
  }

  void memoize(long index) {
    if (index >= MAX_MEMO) {
      throw refusals.broken("its pickle remembers more than " + MAX_MEMO + " values");
    }
    int slot = (int) index;
    if (slot >= memo.length) {
      memo = Arrays.copyOf(memo, Math.max(slot + 1, Math.min(MAX_MEMO, 2 * memo.length)));
    }
    if (memo[slot] == null) {
      memoized++;
    }
    memo[slot] = peek();
  }

  Object remembered(long index) {
    Object value = index < memo.length ? memo[(int) index] : null;
    if (value == null) {
      throw refusals.broken("its pickle recalls a value that it never stored");
    }
    return value;
  }

  /** Adds to a list; into what is inert, nothing goes. */
  void append(Object list, List<Object> values) {
    if (list instanceof PickleList into) {
      charge(12L * values.size());
      into.values().addAll(values);
    } else if (!(list instanceof Inert)) {
      throw refusals.broken("its pickle appends to something that is no list");
    }
  }

  /** Sets keys and values that alternate. */
  void setItems(Object dict, List<Object> pairs) {
    if (pairs.size() % 2 != 0) {
      throw refusals.broken("its pickle has a key without a value");
    }
    if (dict instanceof PickleDict into) {
      for (int i = 0; i < pairs.size(); i += 2) {
        // Nobody looks up anything but names, so that other keys and their values can go.
        if (pairs.get(i) instanceof String key) {
          charge(80);
          if (into.values().put(key, pairs.get(i + 1)) != null) {
            throw refusals.broken("its pickle has two values named " + Refusals.shown(key));
          }
        }
      }
    } else if (!(dict instanceof Inert)) {
      throw refusals.broken("its pickle sets items of something that is no dict");
    }
  }

  private void requireAboveMark() {
    if (stack.isEmpty() || isAtMark()) {
      throw refusals.broken("its pickle takes from an empty stack");
    }
  }
}
