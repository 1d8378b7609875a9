package dev.kindred.study.source;

import dev.kindred.base.Provenance;
import dev.kindred.representation.Representation;

/**
 * Responses of one model that a linear probe learns from, and others by which it is judged.
 *
 * @param train n×p responses
 * @param trainLabels their classes, from 0 on
 * @param test m×p responses
 * @param testLabels their classes
 * @param classes number of classes
 * @param inputs where responses and labels come from: equal inputs give equal probes
 */
public record ProbeTask(
    Representation train,
    int[] trainLabels,
    Representation test,
    int[] testLabels,
    int classes,
    Provenance... inputs) {}
