package dev.facet.augment.operation;

/**
 * One way in which a training picture varies. In a config its name is the record's in snake case
 * and its parameters are the record's components; {@code DEFAULT} holds those left out.
 *
 * <p>There are three kinds. Geometry says where the result's pixels come from; all of it becomes
 * one resampling. Colour becomes one matrix that is applied when the picture turns to float.
 * Everything else changes the 8-bit pixels of the resampled square, the colour listed before it
 * included.
 *
 * <p>Colour follows the order of the list, where torchvision's {@code ColorJitter} shuffles its
 * four steps. And it is not cut to whole levels from 0 to 255 after each step as there. On a
 * portrait with a highlight, brightness, contrast and saturation of spread 0.2 leave values that
 * differ from torchvision's by 1.8 of 255 levels in the mean, 1.9% of them by more than 8 levels;
 * spread 0.4: 3.1 levels, 7.3%. Hue differs as another colour circle is turned: up to 0.02 turns
 * 2.1 levels and 1.1%, up to 0.1 turns 9.4 levels and 43%.
 */
public sealed interface Operation
    permits AutoContrast,
        Brightness,
        CentreCrop,
        Contrast,
        Equalise,
        FaceBox,
        Mirror,
        GaussianBlur,
        Grey,
        Hue,
        JpegQuality,
        Posterise,
        RandAugment,
        RandomErasing,
        RandomResizedCrop,
        Rotation,
        Saturation,
        Sharpness,
        Shear,
        Solarise,
        Squash,
        Translation {}
