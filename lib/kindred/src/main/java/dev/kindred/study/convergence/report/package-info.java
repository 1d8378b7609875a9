/** Figures of the study of convergent learning. */
package dev.kindred.study.convergence.report;
