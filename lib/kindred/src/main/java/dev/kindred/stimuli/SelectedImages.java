package dev.kindred.stimuli;

import dev.kindred.base.Checksums;
import dev.kindred.base.Provenance;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Some images of a set, in an order of their own. */
class SelectedImages implements ImageSet {
  private final ImageSet all;
  private final int[] chosen;
  private final Provenance provenance;

  SelectedImages(ImageSet all, int[] images) {
    this.all = all;
    this.chosen = images.clone();
    ByteBuffer order = ByteBuffer.allocate(4 * chosen.length);
    for (int image : chosen) {
      order.putInt(Objects.checkIndex(image, all.size()));
    }
    this.provenance =
        Provenance.of(
            "select",
            Map.of(
                "images", chosen.length, "order", Checksums.sha256(order.array()).substring(0, 16)),
            all.provenance());
  }

  @Override
  public String name() {
    return all.name();
  }

  @Override
  public int size() {
    return chosen.length;
  }

  @Override
  public int width() {
    return all.width();
  }

  @Override
  public int height() {
    return all.height();
  }

  @Override
  public int channels() {
    return all.channels();
  }

  @Override
  public byte[] pixels(int i) {
    return all.pixels(chosen[i]);
  }

  @Override
  public int label(int i) {
    return all.label(chosen[i]);
  }

  @Override
  public List<String> classNames() {
    return all.classNames();
  }

  @Override
  public String stimulusId(int i) {
    return all.stimulusId(chosen[i]);
  }

  @Override
  public String category() {
    return all.category();
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }

  @Override
  public Optional<String> caption(int i) {
    return all.caption(chosen[i]);
  }

  @Override
  public String toString() {
    return name() + ": " + size() + " of " + all.size() + " images";
  }
}
