package dev.facet.model.weights.torch;

import static dev.facet.model.weights.torch.PickleOpcodes.*;

import java.util.ArrayList;
import java.util.List;

/**
 * A pickle machine (Python's pickletools, "Pickle opcodes") that can make data and nothing else:
 * names outside {@link TorchGlobal} and opcodes that make objects of code are refused. It neither
 * recurses nor follows references, so that it ends after as many steps as the pickle has bytes.
 */
final class Unpickler {
  private final PickleInput in;
  private final PickleStack stack;
  private final TorchObjects objects;
  private final Refusals refusals;

  Unpickler(PickleInput in, PickleStack stack, TorchObjects objects, Refusals refusals) {
    this.in = in;
    this.stack = stack;
    this.objects = objects;
    this.refusals = refusals;
  }

  /** The object that the pickle describes. */
  Object load() {
    for (int opcode = in.u1(); opcode != STOP; opcode = in.u1()) {
      step(opcode);
    }
    return stack.pop();
  }

  private void step(int opcode) {
    switch (opcode) {
      case PROTO -> requireProtocol(in.u1());
      case FRAME -> in.skip(8);
      case MARK -> stack.mark();
      case POP -> pop();
      case POP_MARK -> stack.popToMark();
      case DUP -> stack.push(stack.peek());

      case NONE -> stack.push(Inert.INSTANCE);
      case NEWTRUE -> stack.push(true);
      case NEWFALSE -> stack.push(false);
      case BININT -> push(24, (long) in.i4());
      case BININT1 -> push(24, (long) in.u1());
      case BININT2 -> push(24, (long) in.u2());
      case LONG1 -> push(200, in.integer(in.u1()));
      case LONG4 -> push(200, in.integer(in.i4()));
      case BINFLOAT -> push(24, in.f8());

      case SHORT_BINUNICODE, SHORT_BINSTRING -> text(in.u1());
      case BINUNICODE -> text(in.u4());
      case BINSTRING -> text(in.i4());
      case BINUNICODE8 -> text(in.i8());
      case SHORT_BINBYTES -> bytes(in.u1());
      case BINBYTES -> bytes(in.u4());
      case BINBYTES8, BYTEARRAY8 -> bytes(in.i8());

      case EMPTY_TUPLE, EMPTY_LIST -> list(new ArrayList<>());
      case TUPLE1 -> list(last(1));
      case TUPLE2 -> list(last(2));
      case TUPLE3 -> list(last(3));
      case TUPLE, LIST -> list(stack.popToMark());
      case EMPTY_DICT -> push(100, new PickleDict());
      case DICT -> dict(stack.popToMark());
      case EMPTY_SET -> stack.push(Inert.INSTANCE);
      case FROZENSET -> frozenSet();
      case APPEND -> append(last(1));
      case APPENDS, ADDITEMS -> append(stack.popToMark());
      case SETITEM -> setItems(last(2));
      case SETITEMS -> setItems(stack.popToMark());

      case BINPUT -> stack.memoize(in.u1());
      case LONG_BINPUT -> stack.memoize(in.u4());
      case MEMOIZE -> stack.memoize();
      case BINGET -> stack.push(stack.remembered(in.u1()));
      case LONG_BINGET -> stack.push(stack.remembered(in.u4()));

      case GLOBAL -> global();
      case STACK_GLOBAL -> stackGlobal();
      case REDUCE, NEWOBJ -> call();
      case BUILD -> build();
      case BINPERSID -> stack.push(objects.storage(stack.pop()));
      default -> throw refusals.code("the pickle opcode " + PickleOpcodes.refused(opcode));
    }
  }

  private void requireProtocol(int protocol) {
    if (protocol < 2 || protocol > 5) {
      throw refusals.broken("its pickle has the protocol " + protocol);
    }
  }

  private void push(int cost, Object value) {
    stack.charge(cost);
    stack.push(value);
  }

  private void pop() {
    if (stack.isAtMark()) {
      stack.popToMark();
    } else {
      stack.pop();
    }
  }

  private void text(long length) {
    // Bytes, then characters.
    stack.charge(160 + 3 * Math.min(Math.max(length, 0), 1024));
    stack.push(in.text(length));
  }

  private void bytes(long length) {
    in.skip(length);
    stack.push(Inert.INSTANCE);
  }

  private List<Object> last(int count) {
    stack.charge(24 + 8L * count);
    List<Object> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.addFirst(stack.pop());
    }
    return values;
  }

  private void list(List<Object> values) {
    push(48, new PickleList(values));
  }

  private void dict(List<Object> pairs) {
    push(100, new PickleDict());
    setItems(pairs);
  }

  private void frozenSet() {
    stack.popToMark();
    stack.push(Inert.INSTANCE);
  }

  private void append(List<Object> values) {
    stack.append(stack.peek(), values);
  }

  private void setItems(List<Object> pairs) {
    stack.setItems(stack.peek(), pairs);
  }

  private void global() {
    String module = in.line();
    String name = in.line();
    stack.charge(400 + 5L * (module.length() + name.length()));
    stack.push(objects.global(module, name));
  }

  private void stackGlobal() {
    Object name = stack.pop();
    stack.push(objects.global(stack.pop(), name));
  }

  private void call() {
    Object arguments = stack.pop();
    stack.push(objects.call(stack.pop(), arguments));
  }

  /** The state of a dict is what PyTorch notes beside the names; other states are dropped too. */
  private void build() {
    Object state = stack.pop();
    Object object = stack.peek();
    if (object instanceof PickleModule module && state instanceof PickleDict held) {
      stack.charge(80L * held.values().size());
      module.set(held);
    } else if (!(object instanceof PickleDict || object instanceof Inert)) {
      throw refusals.broken("its pickle sets the state of something that has none");
    }
  }
}
