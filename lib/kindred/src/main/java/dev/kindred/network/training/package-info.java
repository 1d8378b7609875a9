/**
 * Training: objectives, augmentations, optimisers, and a trainer that can be killed at any moment
 * and goes on where it was, with the same random numbers.
 */
package dev.kindred.network.training;
