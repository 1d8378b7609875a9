package dev.kindred.study.dynamics;

import java.util.List;
import java.util.Map;

/**
 * The classes that the probes of the layers assign to the points of one plane through three
 * training images, to be drawn.
 *
 * @param resolution points along each side
 * @param epochs at which they are shown
 * @param labels by layer, for every epoch the classes of resolution² points, ordered as {@link
 *     dev.kindred.measure.functional.Plane#grid} orders them
 */
public record PlaneLabels(int resolution, List<Integer> epochs, Map<String, int[][]> labels) {}
