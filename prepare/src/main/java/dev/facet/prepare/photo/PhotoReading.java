package dev.facet.prepare.photo;

/** What became of the bytes of a picture. */
public sealed interface PhotoReading permits Photo, Unreadable {}
