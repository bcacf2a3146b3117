package dev.facet.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.base.FacetException;
import dev.facet.base.Range;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.junit.jupiter.api.Test;

class AugmentationTest {
  private static void refused(String message, Operation... operations) {
    assertThatThrownBy(() -> Augmentation.training(List.of(operations)))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining(message);
  }

  @Test
  void geometryAfterPixelsIsRefused() {
    refused("put it first", Equalise.DEFAULT, Rotation.DEFAULT);
  }

  @Test
  void geometryAfterColourIsNot() {
    assertThat(Augmentation.training(List.of(Brightness.DEFAULT, Rotation.DEFAULT)).operations())
        .hasSize(2);
  }

  @Test
  void aFaceBoxAfterOtherGeometryIsRefused() {
    refused("face_box must be the first", RandomResizedCrop.DEFAULT, FaceBox.DEFAULT);
  }

  @Test
  void twoFlipsAreRefused() {
    refused("flip is listed twice", Flip.DEFAULT, Flip.DEFAULT);
  }

  @Test
  void evaluationIsNotRandom() {
    assertThatThrownBy(
            () ->
                new Augmentation(
                    List.of(Flip.DEFAULT), ResizeMode.SHORTEST, Interpolation.BICUBIC, true))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("evaluation takes no operation");
  }

  @Test
  void evaluationKeepsTheFaceBoxWithoutItsJitter() {
    Augmentation training =
        Augmentation.training(List.of(new FaceBox(0.3, 0.2, false), RandAugment.DEFAULT));
    assertThat(training.forEvaluation())
        .isEqualTo(
            Augmentation.evaluation(
                new FaceBox(0.3, 0, false), ResizeMode.SHORTEST, Interpolation.BICUBIC));
    assertThat(Augmentation.training(List.of()).forEvaluation().operations()).isEmpty();
  }

  @Test
  void anEvenKernelIsRefusedWithTheNextOddOne() {
    assertThatThrownBy(() -> new GaussianBlur(4, GaussianBlur.DEFAULT.sigma(), 1))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("kernel is 4; it must be odd, such as 5");
  }

  @Test
  void everyOperationHasADefaultAndRangesForItsNumbers() throws Exception {
    Class<?>[] kinds = Operation.class.getPermittedSubclasses();
    assertThat(kinds).hasSizeGreaterThan(20);
    for (Class<?> kind : kinds) {
      assertThat(kind.getField("DEFAULT").get(null)).isInstanceOf(kind);
      assertThat(Modifier.isPublic(kind.getModifiers())).isTrue();
      for (RecordComponent component : kind.getRecordComponents()) {
        boolean number = component.getType() != boolean.class && !component.getType().isEnum();
        assertThat(component.isAnnotationPresent(Range.class))
            .as("%s.%s", kind.getSimpleName(), component.getName())
            .isEqualTo(number);
      }
    }
  }
}
