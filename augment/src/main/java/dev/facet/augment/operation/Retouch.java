package dev.facet.augment.operation;

/** An operation that changes the 8-bit pixels themselves. */
public interface Retouch extends OnCanvas {}
