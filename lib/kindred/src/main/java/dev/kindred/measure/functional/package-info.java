/**
 * Measures of what networks do and not of how: from logits and labels, and from the classes that
 * they assign to planes of inputs.
 */
package dev.kindred.measure.functional;
