package dev.kindred.stimuli.generator;

import dev.kindred.stimuli.generator.Layer.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A picture before it is rendered: layers from back to front, the light, the factors, a caption.
 * Independent of the size in pixels.
 */
record Picture(List<Layer> layers, Light light, Factors factors, String caption) {

  /** Whether there is a figure, and so a mask. */
  boolean hasFigure() {
    return layers.stream().anyMatch(Layer::isFigure);
  }

  /** Paint of the figure, or of the backmost layer where there is no figure. */
  Paint material() {
    return layers.stream()
        .filter(layer -> layer.role() == Role.FIGURE)
        .findFirst()
        .orElse(layers.get(0))
        .paint();
  }

  /** Collects a picture from back to front. */
  static final class Builder {
    private final List<Layer> layers = new ArrayList<>();
    private final Map<String, Object> factors = new LinkedHashMap<>();
    private Light light = Light.EVEN;

    Builder background(Paint paint) {
      return add(Role.BACKGROUND, Outline.EVERYWHERE, paint);
    }

    /** A layer that may reach anywhere. */
    Builder add(Role role, Outline outline, Paint paint) {
      return add(role, outline, paint, 0, 0, Double.POSITIVE_INFINITY);
    }

    /** A layer within the disc of radius {@code reach} about (cx, cy). */
    Builder add(Role role, Outline outline, Paint paint, double cx, double cy, double reach) {
      layers.add(new Layer(role, outline, paint, 1, 0, cx, cy, reach));
      return this;
    }

    /** A translucent layer with a soft edge. */
    Builder shade(
        Outline outline,
        Paint paint,
        double opacity,
        double blur,
        double cx,
        double cy,
        double reach) {
      layers.add(new Layer(Role.SHADE, outline, paint, opacity, blur, cx, cy, reach + blur));
      return this;
    }

    /** Turns, scales and moves everything added so far. */
    Builder view(Pose camera) {
      layers.replaceAll(layer -> layer.seenBy(camera));
      return this;
    }

    Builder light(Light newLight) {
      light = newLight;
      return this;
    }

    Builder factor(String name, String word) {
      factors.put(name, word);
      return this;
    }

    Builder factor(String name, double number) {
      factors.put(name, number);
      return this;
    }

    Picture build(String caption) {
      return new Picture(List.copyOf(layers), light, new Factors(factors), caption);
    }
  }
}
