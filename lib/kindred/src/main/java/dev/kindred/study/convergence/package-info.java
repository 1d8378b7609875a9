/**
 * Convergent learning (Kapoor, Srivastava and Khosla, 2025): how well the layers of independently
 * trained networks align, over depth, training and shifts of the stimuli.
 */
package dev.kindred.study.convergence;
