package dev.facet.augment;

/**
 * One way in which a training picture varies. In a config its name is the record's in snake case
 * and its parameters are the record's components; {@code DEFAULT} holds those left out.
 *
 * <p>There are three kinds. Geometry says where the result's pixels come from; all of it becomes
 * one resampling. Colour becomes one matrix that is applied when the picture turns to float.
 * Everything else changes the 8-bit pixels of the resampled square.
 */
public sealed interface Operation
    permits AutoContrast,
        Brightness,
        CentreCrop,
        Contrast,
        Equalise,
        FaceBox,
        Flip,
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
