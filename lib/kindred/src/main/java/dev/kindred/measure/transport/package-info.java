/** Exact optimal transport and assignment, for measures that match units one by one. */
package dev.kindred.measure.transport;
