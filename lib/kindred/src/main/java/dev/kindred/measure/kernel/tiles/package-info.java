/**
 * The engine below the measures over pairs of stimuli: inner products of vectors with an entry for
 * each pair, for all models at once, tile after tile of the pairs.
 *
 * <p>A measure says what an entry is ({@link dev.kindred.measure.kernel.tiles.PairKernel}), how
 * inner products become a value ({@link dev.kindred.measure.kernel.tiles.Estimator}) and over which
 * batches ({@link dev.kindred.measure.kernel.tiles.Batches}). Two models are compared by whole
 * vectors ({@link dev.kindred.measure.kernel.tiles.Embedder} makes {@link
 * dev.kindred.measure.kernel.tiles.DenseEmbedding}), permuted stimuli by {@link
 * dev.kindred.measure.kernel.tiles.PermutedProducts}, and many models by {@link
 * dev.kindred.measure.kernel.tiles.KernelMatrix}, which takes the cheapest of three ways: products
 * of features, of tiles of entries, or of ranks.
 */
package dev.kindred.measure.kernel.tiles;
