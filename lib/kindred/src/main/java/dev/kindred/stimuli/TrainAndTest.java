package dev.kindred.stimuli;

/**
 * Two disjoint sets of images with the same classes.
 *
 * @param train images to learn from
 * @param test images to be judged by
 */
public record TrainAndTest(ImageSet train, ImageSet test) {}
