package dev.facet.prepare.part;

import dev.facet.prepare.photo.PerceptualHash;

/**
 * What is known of a photo.
 *
 * @param sha256 of its bytes, 64 lower-case hex digits
 * @param hash what it looks like
 * @param format by its first bytes, in small letters
 * @param width as displayed, in pixels
 * @param height as displayed, in pixels
 * @param bytes its encoded size
 */
public record PhotoFacts(
    String sha256, PerceptualHash hash, String format, int width, int height, long bytes) {}
