package dev.kindred.stimuli.shift;

import dev.kindred.base.Parallel;
import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.stimuli.ImageSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An image set after a shift: the same labels and stimulus ids, other pixels. The images are made
 * once, in parallel; they are the same whatever the number of threads.
 */
public final class ShiftedImages implements ImageSet {
  /** Changes whenever a transform does, so that stored results are not mixed. */
  private static final int VERSION = 1;

  private final Shift shift;
  private final ImageSet source;
  private final int width;
  private final int height;
  private final byte[][] pixels;
  private final int[] partners;
  private final Provenance provenance;

  ShiftedImages(Shift shift, ImageSet source, long seed) {
    this.shift = shift;
    this.source = source;
    boolean upended =
        shift.family() == Shifts.ROTATION
            && (shift.level().equals("90") || shift.level().equals("270"));
    this.width = upended ? source.height() : source.width();
    this.height = upended ? source.width() : source.height();
    this.pixels = new byte[source.size()][];
    this.partners = new int[source.size()];
    Seeds seeds = new Seeds(seed).child("shift " + shift.spec());
    Transform transform = shift.family().fit(shift, source, seed);
    Parallel.forEach(
        source.size(),
        i -> {
          pixels[i] =
              transform.apply(i, seeds.stream(source.stimulusId(i))).toBytes(source.channels());
          partners[i] = transform.partner(i);
        });
    this.provenance =
        Provenance.of(
            "shift",
            Map.of("shift", shift.spec(), "seed", seed, "version", VERSION),
            source.provenance());
  }

  /** In a cue conflict, the image before the shift whose texture image {@code i} has. */
  public OptionalInt partner(int i) {
    return partners[i] < 0 ? OptionalInt.empty() : OptionalInt.of(partners[i]);
  }

  @Override
  public String name() {
    return source.name() + " " + shift.spec();
  }

  @Override
  public int size() {
    return pixels.length;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int channels() {
    return source.channels();
  }

  @Override
  public byte[] pixels(int i) {
    return pixels[i].clone();
  }

  @Override
  public int label(int i) {
    return source.label(i);
  }

  @Override
  public List<String> classNames() {
    return source.classNames();
  }

  @Override
  public String stimulusId(int i) {
    return source.stimulusId(i);
  }

  @Override
  public String category() {
    return source.category();
  }

  @Override
  public Optional<String> caption(int i) {
    return source.caption(i);
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }

  @Override
  public String toString() {
    return name() + ": " + size() + " images, " + height + "×" + width + "×" + channels();
  }
}
