/**
 * What a training run leaves behind: Gram embeddings per epoch and layer, responses, probe labels
 * on planes.
 */
package dev.kindred.recording;
