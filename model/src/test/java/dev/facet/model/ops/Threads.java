package dev.facet.model.ops;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;

/** A number of threads for libtorch's operations, until it is closed. */
public final class Threads implements AutoCloseable {
  private final int usual;

  private Threads(int usual) {
    this.usual = usual;
  }

  public static Threads of(int number) {
    Engine.getEngine("PyTorch"); // Loads the library.
    Threads threads = new Threads(JniUtils.getNumThreads());
    JniUtils.setNumThreads(number);
    return threads;
  }

  @Override
  public void close() {
    JniUtils.setNumThreads(usual);
  }
}
