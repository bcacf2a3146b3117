package dev.facet.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import dev.facet.base.FacetException;
import dev.facet.model.cuda.CudaDriver;
import dev.facet.model.cuda.CudaUse;

/** Where tensors live. */
public enum DeviceChoice {
  /** CUDA devices from the first on if there are any, else the CPU. */
  AUTO,
  CPU,
  /** CUDA devices from the first on; without one the run does not start. */
  CUDA;

  /**
   * The device of a copy of a model: the CUDA device of that number, or the CPU, which all share.
   */
  Device resolve(int replica) {
    CudaUse use = CudaUse.get();
    int devices = use.devices();
    boolean cuda = devices > 0;
    if (this == CUDA && !cuda) {
      String why = use.idle() == null ? CudaDriver.get().problem() : use.idle();
      throw FacetException.usage(
          "model.device is cuda, but libtorch "
              + Engine.getEngine("PyTorch").getVersion()
              + " sees no CUDA device"
              + (why == null ? "" : " (" + why + ")")
              + ": point PYTORCH_LIBRARY_PATH, PYTORCH_VERSION=2.7.1 and"
              + " PYTORCH_FLAVOR=cu128 at a CUDA build of libtorch, or set model.device=cpu");
    }
    if (this == CPU || !cuda) {
      return Device.cpu();
    }
    if (replica >= devices) {
      throw FacetException.usage(
          "train.replicas asks for at least "
              + (replica + 1)
              + " CUDA devices, one for each, but libtorch sees "
              + devices
              + ": set train.replicas to at most that, or model.device=cpu");
    }
    return Device.gpu(replica);
  }
}
