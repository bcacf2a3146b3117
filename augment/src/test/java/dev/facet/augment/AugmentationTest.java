package dev.facet.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.augment.operation.Brightness;
import dev.facet.augment.operation.Equalise;
import dev.facet.augment.operation.FaceBox;
import dev.facet.augment.operation.GaussianBlur;
import dev.facet.augment.operation.JpegQuality;
import dev.facet.augment.operation.Mirror;
import dev.facet.augment.operation.Operation;
import dev.facet.augment.operation.RandAugment;
import dev.facet.augment.operation.RandomResizedCrop;
import dev.facet.augment.operation.Rotation;
import dev.facet.augment.resample.CropRounding;
import dev.facet.augment.resample.Interpolation;
import dev.facet.augment.resample.ResizeMode;
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
  void operationsAreNamedAsAConfigWritesThem() {
    refused(
        "augment: random_resized_crop: {scale: [0.8, 1.0], ratio: [0.9, 1.1]} stands after"
            + " jpeg_quality: {quality: [30.0, 95.0], probability: 0.5}; geometry",
        JpegQuality.DEFAULT,
        RandomResizedCrop.DEFAULT);
    refused(
        "flip: {probability: 0.5, captions: skip} stands after rand_augment: {n: 2, m: 5.0};",
        RandAugment.DEFAULT,
        Mirror.DEFAULT);
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
    refused("flip is listed twice", Mirror.DEFAULT, Mirror.DEFAULT);
  }

  @Test
  void evaluationIsNotRandom() {
    assertThatThrownBy(
            () ->
                new Augmentation(
                    List.of(Mirror.DEFAULT),
                    ResizeMode.SHORTEST,
                    Interpolation.BICUBIC,
                    CropRounding.DOWN,
                    true))
        .isInstanceOf(FacetException.class)
        .hasMessageContaining("face_box without jitter: flip: {probability: 0.5, captions: skip}");
  }

  @Test
  void evaluationKeepsTheFaceBoxWithoutItsJitter() {
    ResizeMode mode = ResizeMode.SHORTEST;
    assertThat(
            Augmentation.evaluation(new FaceBox(0.3, 0.2, false), mode, Interpolation.BICUBIC)
                .operations())
        .containsExactly(new FaceBox(0.3, 0, false));
    assertThat(Augmentation.evaluation(null, mode, Interpolation.BICUBIC).operations()).isEmpty();
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
