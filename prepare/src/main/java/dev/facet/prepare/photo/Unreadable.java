package dev.facet.prepare.photo;

/**
 * Bytes that are no whole picture.
 *
 * @param reason the word it is counted by: {@code empty_body}, {@code not_an_image}, {@code
 *     unsupported_avif}, {@code too_many_pixels}, {@code truncated} ...
 * @param message what is wrong, for people
 */
public record Unreadable(String reason, String message) implements PhotoReading {}
