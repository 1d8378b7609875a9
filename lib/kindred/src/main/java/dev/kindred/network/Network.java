package dev.kindred.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.network.architecture.Architecture;
import dev.kindred.network.architecture.Encoder;
import dev.kindred.network.architecture.Layers;
import dev.kindred.network.tensor.ImageBatches;
import dev.kindred.network.tensor.ParameterLayout;
import dev.kindred.network.tensor.Torch;
import dev.kindred.network.tensor.VectorFile;
import dev.kindred.network.tensor.Weights;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Spill;
import dev.kindred.stimuli.ImageSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A network of an {@link Architecture} with its weights, trained or not. Its layers are those of
 * the architecture's encoder, and {@link #LOGITS} if it has a linear classifier on its features.
 *
 * <p>Pixels from 0 to 255 enter as numbers from -2 to 2.
 */
public final class Network implements RepresentationSource {
  /** Layer of the linear classifier. */
  public static final String LOGITS = "logits";

  private static final float PIXEL_MEAN = 0.5f;
  private static final float PIXEL_DEVIATION = 0.25f;

  /** What {@link #normalize} makes of the 256 values of a pixel. */
  private static final float[] NORMALIZED = new float[256];

  static {
    for (int value = 0; value < 256; value++) {
      NORMALIZED[value] = (value / 255f - PIXEL_MEAN) / PIXEL_DEVIATION;
    }
  }

  private static final String ENCODER = "encoder";

  private final String id;
  private final Architecture architecture;
  private final InputShape input;
  private final int classes;
  private final NDManager owner;
  private final Encoder encoder;
  private final Block classifier;
  private final Map<String, Block> blocks = new LinkedHashMap<>();
  private final ParameterLayout layout;
  private final Weights weights;
  private final Provenance provenance;
  private final ForwardPass pass = new ForwardPass(this::responses);

  /** Images that a network takes. */
  public record InputShape(int channels, int height, int width) {
    /** That of the images of a set. */
    public static InputShape of(ImageSet images) {
      return new InputShape(images.channels(), images.height(), images.width());
    }

    /** The shape of a batch. */
    public Shape batch(long size) {
      return new Shape(size, channels, height, width);
    }
  }

  private Network(
      String id,
      Architecture architecture,
      InputShape input,
      int classes,
      float[] learnt,
      float[] buffers,
      Seeds seeds,
      Provenance provenance) {
    this.id = id;
    this.architecture = architecture;
    this.input = input;
    this.classes = classes;
    this.provenance = provenance;
    this.owner = Torch.newManager();
    this.encoder = architecture.newEncoder();
    ParameterLayout.initialize(encoder, owner, input.batch(1));
    blocks.put(ENCODER, encoder);
    this.classifier = classes > 0 ? Layers.linear(classes) : null;
    if (classifier != null) {
      ParameterLayout.initialize(classifier, owner, new Shape(1, featureWidth()));
      blocks.put(LOGITS, classifier);
    }
    this.layout = ParameterLayout.of(blocks);
    this.weights =
        learnt == null ? Weights.initial(layout, seeds) : Weights.of(layout, learnt, buffers);
  }

  /**
   * An untrained network.
   *
   * @param id its name
   * @param input images that it takes
   * @param classes classes that a linear layer on the features tells apart, or 0 for none
   * @param seeds where its initial weights come from; those of the encoder do not depend on the
   *     number of classes
   */
  public static Network untrained(
      String id, Architecture architecture, InputShape input, int classes, Seeds seeds) {
    Provenance provenance =
        Provenance.of(
            "untrained network",
            Map.of(
                "architecture", architecture,
                "input", input,
                "classes", classes,
                "seed", seeds.root()));
    return new Network(id, architecture, input, classes, null, null, seeds, provenance);
  }

  /**
   * A network with known weights.
   *
   * @param learnt as {@link Weights#learntValues} gives them
   * @param buffers as {@link Weights#bufferValues} gives them
   */
  public static Network of(
      String id,
      Architecture architecture,
      InputShape input,
      int classes,
      float[] learnt,
      float[] buffers,
      Provenance provenance) {
    return new Network(id, architecture, input, classes, learnt, buffers, null, provenance);
  }

  @Override
  public String id() {
    return id;
  }

  public Architecture architecture() {
    return architecture;
  }

  public InputShape input() {
    return input;
  }

  /** Classes that its classifier tells apart, or 0 where it has none. */
  public int classes() {
    return classes;
  }

  public Encoder encoder() {
    return encoder;
  }

  public Weights weights() {
    return weights;
  }

  /** The encoder and, if there is one, the classifier, by the names that seeds know them by. */
  public Map<String, Block> blocks() {
    return Collections.unmodifiableMap(blocks);
  }

  /** Units of the features. */
  public int featureWidth() {
    return (int) encoder.getOutputShapes(new Shape[] {input.batch(1)})[0].get(1);
  }

  /** Number of learnt parameters. */
  public long parameters() {
    return layout.learnt();
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }

  @Override
  public List<String> layers() {
    List<String> layers = new ArrayList<>(encoder.layers());
    if (classifier != null) {
      layers.add(LOGITS);
    }
    return layers;
  }

  /** Pixels from 0 to 1 as the network takes them. */
  public static NDArray normalize(NDArray pixels) {
    return pixels.sub(PIXEL_MEAN).div(PIXEL_DEVIATION);
  }

  /** The responses of all layers to normalised images. */
  public Map<String, NDArray> responses(ParameterStore store, NDArray images, boolean training) {
    Map<String, NDArray> responses = encoder.responses(store, images, training);
    if (classifier != null) {
      NDArray features = responses.get(Encoder.FEATURES);
      responses.put(
          LOGITS,
          classifier
              .forward(store, new ai.djl.ndarray.NDList(features), training)
              .singletonOrThrow());
    }
    return responses;
  }

  private Map<String, NDArray> responses(NDArray images) {
    return responses(weights.store(images.getManager()), images, false);
  }

  /** The given images as the network takes them. */
  public NDArray tensor(ImageSet images, int[] chosen, NDManager batch) {
    requireInput(images);
    return ImageBatches.tensor(images, chosen, input.channels(), NORMALIZED, batch);
  }

  /** A set of images for {@link #show}. */
  public ForwardPass.Input input(ImageSet images) {
    requireInput(images);
    return (from, count, owner) ->
        tensor(images, IntStream.range(from, from + count).toArray(), owner);
  }

  /**
   * Shows images, a few at a time on every core, and hands on the responses of all layers.
   *
   * @param n how many images
   */
  public void show(int n, ForwardPass.Input images, ForwardPass.Consumer consumer) {
    pass.show(n, ForwardPass.MOST, images, consumer);
  }

  private void requireInput(ImageSet images) {
    if (images.width() != input.width() || images.height() != input.height()) {
      throw new InputException(
          id
              + " takes images of "
              + input.height()
              + "×"
              + input.width()
              + " pixels, "
              + images.name()
              + " has "
              + images.height()
              + "×"
              + images.width());
    }
  }

  @Override
  public Map<String, Representation> represent(
      ImageSet images,
      List<String> layers,
      Pooling pooling,
      int batch,
      Spill spill,
      Progress progress) {
    return pass.represent(
        this,
        images,
        layers,
        pooling,
        encoder.classTokens(),
        batch,
        spill,
        progress,
        input(images));
  }

  /** Writes the weights; {@link #read} needs the same architecture to read them. */
  public void write(Path file) {
    Map<String, float[]> vectors = new LinkedHashMap<>();
    vectors.put("weights", weights.learntValues());
    vectors.put("statistics", weights.bufferValues());
    try {
      new VectorFile(description(architecture, input, classes), vectors).write(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": the weights cannot be written", e);
    }
  }

  /**
   * Reads weights that {@link #write} wrote.
   *
   * @param id name of the network
   * @param provenance where its weights come from
   */
  public static Network read(
      Path file,
      String id,
      Architecture architecture,
      InputShape input,
      int classes,
      Provenance provenance) {
    VectorFile saved;
    try {
      saved = VectorFile.read(file);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
    }
    String expected = description(architecture, input, classes);
    if (!saved.header().equals(expected)) {
      throw new InputException(
          file + ": expected weights of " + expected + ", found those of " + saved.header());
    }
    return of(
        id,
        architecture,
        input,
        classes,
        saved.vectors().get("weights"),
        saved.vectors().get("statistics"),
        provenance);
  }

  private static String description(Architecture architecture, InputShape input, int classes) {
    return architecture + " for " + input + " and " + classes + " classes";
  }

  @Override
  public void close() {
    weights.close();
    owner.close();
  }

  @Override
  public String toString() {
    return id + ": " + architecture + ", " + parameters() + " parameters";
  }
}
