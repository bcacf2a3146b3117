package dev.facet.augment;

/** An operation that changes the 8-bit pixels themselves. */
sealed interface Retouch extends OnCanvas
    permits AutoContrast,
        Equalise,
        GaussianBlur,
        JpegQuality,
        Posterise,
        RandAugment,
        RandomErasing,
        Sharpness,
        Solarise {}
