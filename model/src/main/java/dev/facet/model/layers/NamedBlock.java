package dev.facet.model.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A DJL block whose parameters carry Hugging Face's full names, so that a checkpoint is a list of
 * (name, array) without any renaming.
 */
public abstract class NamedBlock extends AbstractBlock {

  /** Declares a parameter; its initial values are drawn from {@code init} unless loaded. */
  protected final Parameter weight(String name, SeededInit init, long... shape) {
    return addParameter(
        Parameter.builder()
            .setName(name)
            .setType(Parameter.Type.OTHER)
            .optShape(new Shape(shape))
            .optInitializer(init.named(name))
            .build());
  }

  protected static NDArray value(
      ParameterStore store, Parameter parameter, NDArray beside, boolean training) {
    return store.getValue(parameter, beside.getDevice(), training);
  }

  /** The values of some parameters, here and in the layers within, by name. */
  protected final Map<String, NDArray> arrays(Predicate<Parameter> which) {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    for (Parameter parameter : getParameters().values()) {
      if (which.test(parameter)) {
        arrays.put(parameter.getName(), parameter.getArray());
      }
    }
    return arrays;
  }

  /** Whether gradients are wanted for any weight of this layer itself. */
  final boolean isTrained() {
    return getDirectParameters().values().stream().anyMatch(Parameter::requiresGradient);
  }

  /** True: weights are drawn or loaded when the model is made, never inferred from inputs. */
  @Override
  public boolean isInitialized() {
    return true;
  }

  /** Shapes are known from the config; nothing is inferred from inputs. */
  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    throw new UnsupportedOperationException("shapes come from the model's config");
  }
}
