package dev.facet.model.weights.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.model.weights.Hostile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TorchAttackTest {
  private static final long[] TWO = {2};
  private static final long[] ONE = {1};

  /** What the calls in these pickles would make. */
  private static final Path TRACE =
      Path.of(System.getProperty("java.io.tmpdir"), "facet-" + ProcessHandle.current().pid());

  private static final String COMMAND = "touch " + TRACE;

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @MethodSource("pickles")
  void aPickleThatIsNoDataIsRefused(String name, byte[] pickle, String reason) throws IOException {
    Path file = new TorchZip(pickle).floats("0", 1, 2).write(folder.resolve("bad.pth"));
    Hostile.refused(file, reason);
    assertThat(TRACE).doesNotExist();
  }

  static Stream<Arguments> pickles() {
    return Stream.of(
        bad("os.system", call("posix", "system"), "names posix.system, which is code"),
        bad("eval", call("builtins", "eval"), "names builtins.eval, which is code"),
        bad("import", call("importlib", "import_module"), "names importlib.import_module"),
        bad("a model object", call("my.net", "Net"), "names my.net.Net"),
        bad(
            "STACK_GLOBAL",
            new Pickle().text("os").text("system").op(PickleOpcodes.STACK_GLOBAL).stop(),
            "names os.system, which is code"),
        bad(
            "STACK_GLOBAL of no text",
            new Pickle().number(1).number(2).op(PickleOpcodes.STACK_GLOBAL).stop(),
            "names something by a value that is no text"),
        bad("escapes in a name", call("os\u001b[2J", "x"), "unprintable"),
        bad(
            "INST",
            new Pickle().op('(').text(COMMAND).raw("ios\nsystem\n").stop(),
            "the pickle opcode INST"),
        bad("OBJ", new Pickle().op('(').text("x").op('o').stop(), "the pickle opcode OBJ"),
        bad("EXT1", new Pickle().op(0x82, 1).stop(), "the pickle opcode EXT1"),
        bad("EXT2", new Pickle().op(0x83, 1, 0).stop(), "the pickle opcode EXT2"),
        bad("EXT4", new Pickle().op(0x84).i4(1).stop(), "the pickle opcode EXT4"),
        bad("PERSID", new Pickle().raw("Pkey\n").stop(), "the pickle opcode PERSID"),
        bad("buffer", new Pickle().op(0x97).stop(), "the pickle opcode NEXT_BUFFER"),
        bad("unknown opcode", new Pickle().op(0xFE).stop(), "the pickle opcode 0xfe"),
        bad(
            "a call of a call",
            new Pickle().global("argparse", "Namespace").op(')', 'R', ')', 'R').stop(),
            "calls something that is no function"),
        bad(
            "a call of a dtype",
            new Pickle().global("torch", "float32").op(')', 'R').stop(),
            "calls something that is no function"),
        bad(
            "BUILD of a tensor",
            new Pickle().tensor("FloatStorage", "0", 2, 0, TWO, ONE).op('}', 'b').stop(),
            "sets the state of something"),
        bad("protocol", new Pickle().op(0x80, 99).stop(), "has the protocol 99"),
        bad("empty stack", new Pickle().stop(), "takes from an empty stack"),
        bad("reduce of nothing", new Pickle().op('R').stop(), "takes from an empty stack"),
        bad("tuple without mark", new Pickle().op('t').stop(), "takes from an empty stack"),
        bad("pop below a mark", new Pickle().op('N', '(', 0x85).stop(), "an empty stack"),
        bad("recall of nothing", new Pickle().op('h', 7).stop(), "never stored"),
        bad(
            "memo index of 4 billion",
            new Pickle().op('N', 'r').i4(-1).stop(),
            "remembers more than"),
        bad("cut off", new Pickle().op('}').op('X').i4(100).raw("abc").stop(), "is cut off"),
        bad("text of 4 GiB", new Pickle().op('X').i4(-1).stop(), "is cut off"),
        bad("negative length", new Pickle().op('T').i4(-1).stop(), "is cut off"),
        bad("number of 2 GiB", new Pickle().op(0x8B).i4(0x7FFFFFFF).stop(), "is cut off"),
        bad("no dict", new Pickle().op(']').stop(), "holds no dict"),
        bad(
            "no tensors",
            new Pickle().op('}').text("epoch").number(3).op('s').stop(),
            "at its top are epoch"),
        bad(
            "a dict in itself",
            new Pickle().op('}', 'q', 0).text("model").op('h', 0, 's').stop(),
            "holds no tensors by name"),
        bad("set items of a list", new Pickle().op(']', 'N', 'N', 's').stop(), "no dict"),
        bad("append to a dict", new Pickle().op('}', 'N', 'a').stop(), "no list"),
        bad("a name twice", twice(), "two values named w"),
        bad("a million marks", many("(", 1_000_000), "nests deeper than"),
        bad("a million values", many("N", 1_000_000), "stacks more than"),
        bad("a million lists", many("]0", 1_000_000), "asks for more than 24 MiB"),
        bad("a million texts", many("U\003abc0", 1_000_000), "asks for more than 24 MiB"),
        bad("a million dicts", many("}0", 1_000_000), "asks for more than 24 MiB"),
        bad("doubling", doubling(), "asks for more than 24 MiB"),
        bad("laughs", laughs(), "holds no dict"),
        bad("long names", call("a".repeat(100_000), "b"), "a name longer than 1024 bytes"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tensors")
  void aTensorOutsideItsStorageIsRefused(String name, byte[] pickle, String reason)
      throws IOException {
    Path file = new TorchZip(pickle).floats("0", 1, 2).write(folder.resolve("bad.pth"));
    Hostile.refused(file, reason);
  }

  static Stream<Arguments> tensors() {
    long huge = Integer.MAX_VALUE;
    return Stream.of(
        bad("too long", tensor(2, 0, new long[] {3}, ONE), "is not inside its 2 elements"),
        bad("offset", tensor(2, 1, TWO, ONE), "is not inside its 2 elements"),
        bad("negative offset", tensor(2, -1, TWO, ONE), "is not inside its 2 elements"),
        bad("negative stride", tensor(2, 1, TWO, new long[] {-1}), "is not inside"),
        bad("negative size", tensor(2, 0, new long[] {-2}, ONE), "is not inside"),
        bad("ranks differ", tensor(2, 0, TWO, new long[] {1, 1}), "is not inside"),
        bad(
            "beyond 64 bits",
            tensor(2, 0, new long[] {huge, huge, huge}, new long[] {huge, huge, huge}),
            "is not inside its 2 elements"),
        bad("expanded", tensor(2, 0, new long[] {huge}, new long[] {0}), "repeats elements"),
        bad("rank", tensor(2, 0, new long[20], new long[20]), "20 dimensions"),
        bad("storage size", tensor(3, 0, TWO, ONE), "has 8 bytes, where 3 elements"),
        bad(
            "missing storage",
            new Pickle().tensor("FloatStorage", "7", 2, 0, TWO, ONE).stop(),
            "storage 7 is missing"),
        bad(
            "another folder",
            new Pickle().tensor("FloatStorage", "../../x", 2, 0, TWO, ONE).stop(),
            "storage ../../x is missing"),
        bad(
            "unknown storage",
            new Pickle().tensor("QInt8Storage", "0", 2, 0, TWO, ONE).stop(),
            "names torch.QInt8Storage"));
  }

  @Test
  void aCompressedStorageIsRefused() throws IOException {
    Path file =
        new TorchZip(tensor(2, 0, TWO, ONE))
            .floats("0", 1, 2)
            .write(folder.resolve("bad.pth"), ZipEntry.DEFLATED);
    Hostile.refused(file, "is compressed");
  }

  @Test
  void filesOfOtherKindsAreNamed() throws IOException {
    Path file = folder.resolve("other.pt");
    byte[] pickle = tensor(2, 0, TWO, ONE);
    new TorchZip(pickle).entry("byteorder", new byte[] {'b', 'i', 'g'}).write(file);
    Hostile.refused(file, "big-endian");
    Files.write(file, new Pickle().op(0x8A, 10, 0x6C, 0xFC, 0x9C).stop());
    Hostile.refused(file, "is a pickle, but none of torch.save");
  }

  /** Two modules that hold each other, and a chain that never ends otherwise. */
  @Test
  void modulesOfAProgramThatHoldThemselvesEnd() throws IOException {
    Pickle pickle = new Pickle().global("__torch__", "A").op(')', 0x81, 'q', 0, '}');
    pickle.text("self").op('h', 0, 's').text("again").op('h', 0, 's', 'b');
    Path file = folder.resolve("bad.pt");
    new TorchZip(pickle.stop()).floats("0", 1, 2).write(file);
    Hostile.refused(file, "holds no tensors");
    Pickle deep = new Pickle();
    for (int i = 0; i < 100; i++) {
      deep.global("__torch__", "A").op(')', 0x81, '}').text("a");
    }
    deep.op('N');
    for (int i = 0; i < 100; i++) {
      deep.op('s', 'b');
    }
    new TorchZip(deep.stop()).write(file);
    Hostile.refused(file, "its modules nest too deep");
  }

  @Test
  void everyCutOfAFileIsRefused() throws IOException {
    Path good = new TorchZip(good()).floats("0", 1, 2).write(folder.resolve("good.pth"));
    byte[] whole = Files.readAllBytes(good);
    for (int length = 4; length < whole.length; length += 7) {
      Path cut = folder.resolve("cut.pth");
      Files.write(cut, Arrays.copyOf(whole, length));
      Hostile.refused(cut, "is not a whole torch.save checkpoint");
    }
  }

  static byte[] good() {
    return new Pickle()
        .op('}')
        .text("w")
        .tensor("FloatStorage", "0", 2, 0, TWO, ONE)
        .op('s')
        .stop();
  }

  private static byte[] tensor(long stored, long offset, long[] shape, long[] strides) {
    return new Pickle()
        .op('}')
        .text("w")
        .tensor("FloatStorage", "0", stored, offset, shape, strides)
        .op('s')
        .stop();
  }

  private static byte[] call(String module, String name) {
    return new Pickle().global(module, name).text(COMMAND).op(PickleOpcodes.TUPLE1, 'R').stop();
  }

  private static byte[] twice() {
    return new Pickle().op('}').text("w").op('N', 's').text("w").op('N', 's').stop();
  }

  private static byte[] many(String what, int times) {
    return new Pickle().raw(what.repeat(times)).stop();
  }

  /** A list that is copied into itself again and again. */
  private static byte[] doubling() {
    Pickle pickle = new Pickle().op(']', 'q', 0);
    for (int i = 0; i < 100; i++) {
      pickle.op('(').raw("N".repeat(100_000)).op('e');
    }
    return pickle.stop();
  }

  /** Ten lists of ten of the one before, 10^40 elements if somebody walked through them. */
  private static byte[] laughs() {
    Pickle pickle = new Pickle().op(']', 'q', 0);
    for (int level = 1; level < 40; level++) {
      pickle.op('(');
      for (int i = 0; i < 10; i++) {
        pickle.op('h', level - 1);
      }
      pickle.op('l', 'q', level);
    }
    return pickle.stop();
  }

  private static Arguments bad(String name, byte[] pickle, String reason) {
    return Arguments.of(name, pickle, reason);
  }
}
