package dev.facet.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import dev.facet.base.FacetException;

/** Where tensors live. */
public enum DeviceChoice {
  /** The first CUDA device if there is one, else the CPU. */
  AUTO,
  CPU,
  /** The first CUDA device; without one the run does not start. */
  CUDA;

  Device resolve() {
    Engine engine = Engine.getEngine("PyTorch");
    boolean cuda = engine.getGpuCount() > 0;
    if (this == CUDA && !cuda) {
      throw FacetException.usage(
          "model.device is cuda, but libtorch "
              + engine.getVersion()
              + " sees no CUDA device: point PYTORCH_LIBRARY_PATH, PYTORCH_VERSION=2.7.1 and"
              + " PYTORCH_FLAVOR=cu128 at a CUDA build of libtorch, or set model.device=cpu");
    }
    return this != CPU && cuda ? Device.gpu() : Device.cpu();
  }
}
