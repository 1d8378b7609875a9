/** Distances between the shapes of representations as clouds of points: graphs and complexes. */
package dev.kindred.measure.topology;
