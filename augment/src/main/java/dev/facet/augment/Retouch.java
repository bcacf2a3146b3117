package dev.facet.augment;

/** An operation that changes the 8-bit pixels themselves. */
interface Retouch extends OnCanvas {}
