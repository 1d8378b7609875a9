package dev.kindred.stimuli;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.stimuli.decode.Framing;
import dev.kindred.stimuli.decode.Pixels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Images that lie decoded on the heap. */
final class ImagesInMemory implements ImageSet {
  private static final int DECODED_AT_ONCE = 512;

  private final String name;
  private final int width;
  private final int height;
  private final int channels;
  private final List<byte[]> pixels;
  private final int[] labels;
  private final List<String> ids;
  private final List<String> captions;
  private final List<String> classNames;
  private final String category;
  private final Provenance provenance;

  /** Takes over its arguments; {@code captions} may hold nulls. */
  ImagesInMemory(
      String name,
      int width,
      int height,
      int channels,
      List<byte[]> pixels,
      int[] labels,
      List<String> ids,
      List<String> captions,
      List<String> classNames,
      String category,
      Provenance provenance) {
    this.name = name;
    this.width = width;
    this.height = height;
    this.channels = channels;
    this.pixels = pixels;
    this.labels = labels;
    this.ids = ids;
    this.captions = captions;
    this.classNames = classNames;
    this.category = category;
    this.provenance = Objects.requireNonNull(provenance);
  }

  /** Decodes all images of a set, on all processors. */
  static ImagesInMemory copyOf(ImageSet set, Progress progress) {
    return decode(
        set,
        set.width(),
        set.height(),
        set.channels(),
        pixels -> pixels,
        set.provenance(),
        progress);
  }

  /** The same with the middle square of every image brought to one size and form. */
  static ImagesInMemory framed(ImageSet set, int side, int channels, Progress progress) {
    if (channels != 1 && channels != 3) {
      throw new InputException(
          set.name() + ": images have 1 or 3 channels, found a wish for " + channels);
    }
    Framing framing = Framing.square(side);
    Provenance framed =
        Provenance.of("frame", Map.of("side", side, "channels", channels), set.provenance());
    return decode(
        set,
        side,
        side,
        channels,
        pixels -> framing.apply(pixels, set.name()).withChannels(channels),
        framed,
        progress);
  }

  private static ImagesInMemory decode(
      ImageSet set,
      int width,
      int height,
      int channels,
      UnaryOperator<Pixels> form,
      Provenance provenance,
      Progress progress) {
    long bytes = (long) set.size() * width * height * channels;
    long heap = Runtime.getRuntime().maxMemory();
    if (bytes > heap / 3 * 2) {
      throw new InputException(
          set.name() + ": needs " + (bytes >> 20) + " MiB of a heap of " + (heap >> 20) + " MiB");
    }
    byte[][] pixels = new byte[set.size()][];
    try (Progress.Task task = progress.begin("decode " + set.name(), pixels.length)) {
      for (int start = 0; start < pixels.length; start += DECODED_AT_ONCE) {
        int end = Math.min(pixels.length, start + DECODED_AT_ONCE);
        IntStream.range(start, end)
            .parallel()
            .forEach(
                i ->
                    pixels[i] =
                        form.apply(
                                new Pixels(
                                    set.pixels(i), set.width(), set.height(), set.channels()))
                            .bytes());
        task.advance(end - start);
      }
    }
    List<String> captions = new ArrayList<>(pixels.length);
    for (int i = 0; i < pixels.length; i++) {
      captions.add(set.caption(i).orElse(null));
    }
    return new ImagesInMemory(
        set.name(),
        width,
        height,
        channels,
        List.of(pixels),
        set.labels(),
        List.copyOf(set.stimulusIds()),
        captions,
        set.classNames(),
        set.category(),
        provenance);
  }

  @Override
  public ImagesInMemory captionedByClass() {
    List<String> sentences = new ArrayList<>(labels.length);
    for (int label : labels) {
      sentences.add(
          label == NO_LABEL
              ? null
              : "a picture of " + classNames.get(label).replaceAll("[^\\p{L}\\p{N}]+", " "));
    }
    return new ImagesInMemory(
        name,
        width,
        height,
        channels,
        pixels,
        labels,
        ids,
        sentences,
        classNames,
        category,
        Provenance.of("caption by class", provenance));
  }

  @Override
  public ImageSet inMemory(Progress progress) {
    return this;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return pixels.size();
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
    return channels;
  }

  @Override
  public byte[] pixels(int i) {
    return pixels.get(i).clone();
  }

  @Override
  public int label(int i) {
    return labels[i];
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public String stimulusId(int i) {
    return ids.get(i);
  }

  @Override
  public String category() {
    return category;
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }

  @Override
  public Optional<String> caption(int i) {
    return Optional.ofNullable(captions.get(i));
  }

  @Override
  public String toString() {
    return name + ": " + size() + " images, " + height + "×" + width + "×" + channels;
  }
}
