/**
 * The seventeen out-of-distribution shifts of Geirhos et al. (2021), "Partial success in closing
 * the gap between human and machine vision", as transforms of any image set: twelve parametric ones
 * with the condition levels of the public behaviour data, and five that change the style. Spatial
 * levels refer to images of 224 pixels and scale with the image size.
 */
package dev.kindred.stimuli.shift;
