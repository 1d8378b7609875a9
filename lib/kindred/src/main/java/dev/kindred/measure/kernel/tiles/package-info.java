/**
 * The engine below the measures over pairs of stimuli: inner products of vectors with an entry for
 * each pair, for all models at once, tile after tile of the pairs.
 *
 * <p>A measure says what an entry is ({@link dev.kindred.measure.kernel.tiles.PairKernel}), how
 * inner products become a value ({@link dev.kindred.measure.kernel.tiles.Estimator}) and over which
 * batches ({@link dev.kindred.measure.kernel.tiles.Batches}). Names tell what is multiplied:
 *
 * <ul>
 *   <li>two models: whole vectors ({@link dev.kindred.measure.kernel.tiles.Embedder} makes {@link
 *       dev.kindred.measure.kernel.tiles.DenseEmbedding});
 *   <li>many models: {@link dev.kindred.measure.kernel.tiles.ModelProducts} takes the cheapest of
 *       three ways: {@code FeatureProducts}, {@code TiledProducts} of the entries that {@code
 *       KernelTiles} makes of each model, or {@code RankProducts} of {@code SpilledVectors};
 *   <li>permuted stimuli: {@link dev.kindred.measure.kernel.tiles.PermutedProducts};
 *   <li>vectors that a recording left on disk: {@link
 *       dev.kindred.measure.kernel.tiles.RecordedProducts}.
 * </ul>
 *
 * <p>{@code TriangleTiling} divides the pairs of stimuli; {@code TilePlan} says in which order, and
 * what stays in memory.
 */
package dev.kindred.measure.kernel.tiles;
