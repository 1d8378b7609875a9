package dev.kindred.study.dynamics;

import dev.kindred.recording.GramDiagonals;

/**
 * What one layer did.
 *
 * @param layer its name
 * @param similarity linear CKA at every two recorded epochs, biased and averaged over
 *     class-balanced batches of test images, as the paper has it
 * @param unbiased linear CKA of all these images at once with unbiased HSIC, beside it; at the same
 *     epochs, or at fewer where whole responses take much room
 * @param probeErrors test error of a linear probe on the layer at every probed epoch, from 0 to 1
 * @param regions decision-region similarity of the probes of every two probed epochs
 * @param diagonals of the batches' Gram matrices at every recorded epoch, for chance of the
 *     similarity
 * @param planes the regions plane by plane
 */
public record LayerDynamics(
    String layer,
    EpochMap similarity,
    EpochMap unbiased,
    double[] probeErrors,
    EpochMap regions,
    GramDiagonals diagonals,
    PlaneRegions planes) {}
