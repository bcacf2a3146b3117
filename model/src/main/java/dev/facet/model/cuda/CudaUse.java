package dev.facet.model.cuda;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Which CUDA devices this libtorch can put a tensor on.
 *
 * @param libtorch its version
 * @param devices their number, 0 if it was built for the CPU
 * @param idle what the machine has and libtorch cannot use, with the cure; null if nothing
 */
public record CudaUse(String libtorch, int devices, @Nullable String idle) {
  /** Tried once; nothing about it changes while the process lives. */
  private static final class Tried {
    private static final CudaUse ANSWER = of(CudaDriver.get());
  }

  /** That of this process. */
  public static CudaUse get() {
    Engine.getEngine("PyTorch"); // an initializer would hide why it cannot be loaded
    return Tried.ANSWER;
  }

  /**
   * What DJL counts are the devices that a CUDA runtime library tells of, which it looks for where
   * neither pip nor a toolkit puts it. The driver is there wherever a device is; whether libtorch
   * can use it shows an allocation.
   */
  private static CudaUse of(CudaDriver driver) {
    String libtorch = Engine.getEngine("PyTorch").getVersion();
    int counted = Engine.getEngine("PyTorch").getGpuCount();
    if (counted > 0 || driver.devices().isEmpty()) {
      return new CudaUse(libtorch, counted, null);
    }
    String failure = failure();
    return failure == null
        ? new CudaUse(libtorch, driver.devices().size(), null)
        : new CudaUse(libtorch, 0, idle(driver, failure));
  }

  private static String idle(CudaDriver driver, String failure) {
    return "this machine has %s, which this libtorch cannot use (%s): see README, \"On a GPU\""
        .formatted(driver.devices().getFirst().text(), failure);
  }

  /** Why nothing can be put on the first device; null if something can. */
  private static @Nullable String failure() {
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager(Device.gpu(0));
        NDArray one = manager.ones(new Shape(1), DataType.FLOAT32)) {
      return one.getFloat() == 1 ? null : "a one put there is not read back";
    } catch (EngineException | IllegalStateException | LinkageError e) {
      return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given").strip();
    }
  }
}
