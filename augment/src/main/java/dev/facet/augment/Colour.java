package dev.facet.augment;

/** An operation that is an affine map of (r, g, b): it joins the canvas's pending matrix. */
interface Colour extends OnCanvas {}
