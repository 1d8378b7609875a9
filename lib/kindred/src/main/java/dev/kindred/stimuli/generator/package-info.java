/**
 * Stimuli with known factors. A {@link dev.kindred.stimuli.generator.Recipe recipe} draws the
 * factors of a picture (shape, texture, colour, background, position, scale, rotation, lighting,
 * clutter, count) and composes them into layers with exact outlines; rendering the same layers in
 * another {@link dev.kindred.stimuli.generator.View view} gives the picture, its mask, its edges, a
 * sketch or a stylised version.
 */
package dev.kindred.stimuli.generator;
