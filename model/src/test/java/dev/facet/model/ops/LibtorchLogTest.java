package dev.facet.model.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class LibtorchLogTest {
  private static final int WARNING = 1;

  @Test
  @SuppressWarnings("restricted") // An int that libc10 exports.
  void onceOperationsAreThereLibtorchPrintsNoWarnings() {
    assertThat(Ops.get()).isNotNull();
    MemorySegment level = SymbolLookup.loaderLookup().findOrThrow("FLAGS_caffe2_log_level");
    assertThat(level.reinterpret(4).get(ValueLayout.JAVA_INT, 0)).isGreaterThan(WARNING);
  }
}
