package dev.kindred.study.behaviour;

/**
 * A person or a network that named the images of a set.
 *
 * @param name as the file has it
 * @param right whether it named the image's category, for every image of the set in its order
 */
record DecisionMaker(String name, boolean[] right) {}
