/**
 * The built-in picture set: drawn faces whose many attributes are independent, plainly visible and
 * named in their captions. It lets every part be tried, and a small model be trained, without any
 * data of real persons.
 */
@NullMarked
package dev.facet.prepare.synth;

import org.jspecify.annotations.NullMarked;
