/**
 * What a training run leaves behind: Gram embeddings per epoch and layer, and probe labels on
 * planes.
 */
package dev.kindred.recording;
