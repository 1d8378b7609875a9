/** Differences between single numbers that describe how a representation lies in its space. */
package dev.kindred.measure.geometry;
