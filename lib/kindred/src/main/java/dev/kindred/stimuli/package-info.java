/**
 * Image data sets: manifests, download and cache, decoders, the built-in generator and
 * out-of-distribution transforms.
 */
package dev.kindred.stimuli;
