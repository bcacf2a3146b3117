package dev.facet.augment.operation;

/** An operation that is an affine map of (r, g, b): it joins the canvas's pending matrix. */
interface ColourChange extends OnCanvas {}
