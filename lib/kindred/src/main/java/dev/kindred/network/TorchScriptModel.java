package dev.kindred.network;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import dev.kindred.base.Checksums;
import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.network.tensor.ImageBatches;
import dev.kindred.network.tensor.Torch;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Spill;
import dev.kindred.stimuli.ImageSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A pre-trained network from a TorchScript file. A module that returns several tensors gives the
 * responses of one layer each, named by the {@link Descriptor}.
 *
 * <p>TorchScript holds the operations beside the weights; Python's classes are not needed. Export
 * with {@code torch.jit.trace(model, example).save("model.pt")}.
 */
public final class TorchScriptModel implements RepresentationSource {
  private final String id;
  private final Model model;
  private final Descriptor descriptor;
  private final Provenance provenance;
  private final ForwardPass pass = new ForwardPass(this::forward);

  private TorchScriptModel(String id, Model model, Descriptor descriptor, Provenance provenance) {
    this.id = id;
    this.model = model;
    this.descriptor = descriptor;
    this.provenance = provenance;
  }

  /** Loads a model whose descriptor lies beside it, in {@code <file>.json}. */
  public static TorchScriptModel load(Path file) {
    return load(file, requireDescribed(file));
  }

  /**
   * The descriptor beside a file, which is looked for, not read.
   *
   * @throws InputException without the file or its descriptor
   */
  public static Descriptor requireDescribed(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          file
              + ": expected a TorchScript module, found "
              + (Files.isDirectory(file) ? "a folder" : "no such file"));
    }
    return Descriptor.beside(file)
        .orElseThrow(
            () ->
                new InputException(
                    file
                        + ": its input is not described; expected a descriptor in "
                        + file.getFileName()
                        + ".json beside it"));
  }

  /**
   * Loads a model whose descriptor lies beside it or, where none does, one that takes what models
   * of ImageNet do.
   *
   * @param side width and height of the images
   * @param layers names of what the module returns, in its order
   */
  public static TorchScriptModel load(Path file, int side, List<String> layers) {
    return load(
        file,
        Descriptor.beside(file)
            .orElseGet(() -> Descriptor.imagenet(side, layers.toArray(String[]::new))));
  }

  /** Loads a model. */
  public static TorchScriptModel load(Path file, Descriptor descriptor) {
    Model model = Torch.newModel(file.getFileName().toString());
    try (InputStream in = Files.newInputStream(file)) {
      model.load(in);
      Provenance provenance =
          Provenance.of(
              "TorchScript", Map.of("sha256", Checksums.sha256(file), "descriptor", descriptor));
      return new TorchScriptModel(stem(file), model, descriptor, provenance);
    } catch (IOException e) {
      model.close();
      throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
    } catch (EngineException | MalformedModelException e) {
      model.close();
      throw new InputException(file + ": not a TorchScript module: " + firstLine(e), e);
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public List<String> layers() {
    List<String> layers = new ArrayList<>(descriptor.layers());
    if (layers.remove(Network.LOGITS)) { // some modules return them first
      layers.add(Network.LOGITS);
    }
    return layers;
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }

  @Override
  public Map<String, Representation> represent(
      ImageSet images,
      List<String> layers,
      Pooling pooling,
      int batch,
      Spill spill,
      Progress progress) {
    boolean sameSize =
        images.width() == descriptor.width() && images.height() == descriptor.height();
    if (!sameSize && !descriptor.resize()) {
      throw new InputException(
          id
              + " expects images of "
              + descriptor.height()
              + "×"
              + descriptor.width()
              + " pixels, "
              + images.name()
              + " has "
              + images.height()
              + "×"
              + images.width());
    }
    return pass.represent(
        this,
        images,
        layers,
        pooling,
        /* classTokens= */ 0,
        batch,
        spill,
        progress,
        (from, count, owner) ->
            input(images, IntStream.range(from, from + count).toArray(), owner));
  }

  private NDArray input(ImageSet images, int[] chosen, NDManager owner) {
    NDArray pixels = ImageBatches.tensor(images, chosen, descriptor.channels(), owner);
    if (images.width() != descriptor.width() || images.height() != descriptor.height()) {
      pixels =
          pixels
              .getNDArrayInternal()
              .interpolation(
                  new long[] {descriptor.height(), descriptor.width()},
                  /* PyTorch's bilinear= */ 2,
                  /* alignCorners= */ false);
    }
    NDArray mean = channelVector(descriptor.mean(), owner);
    NDArray std = channelVector(descriptor.std(), owner);
    return pixels.sub(mean).div(std);
  }

  private static NDArray channelVector(List<Double> values, NDManager owner) {
    float[] numbers = new float[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = values.get(i).floatValue();
    }
    return Torch.tensor(owner, numbers, 1, numbers.length, 1, 1);
  }

  private Map<String, NDArray> forward(NDArray input) {
    NDList outputs;
    try {
      outputs =
          model
              .getBlock()
              .forward(
                  new ParameterStore(input.getManager(), false),
                  new NDList(input),
                  /* training= */ false);
    } catch (EngineException e) {
      throw new InputException(
          id + " does not take images of shape " + input.getShape() + ": " + firstLine(e), e);
    }
    outputs.attach(input.getManager());
    if (outputs.size() != descriptor.layers().size()) {
      throw new InputException(
          id
              + ": the descriptor names "
              + descriptor.layers().size()
              + " layers, the module gives "
              + outputs.size());
    }
    Map<String, NDArray> named = new LinkedHashMap<>();
    for (int i = 0; i < outputs.size(); i++) {
      named.put(descriptor.layers().get(i), outputs.get(i));
    }
    return named;
  }

  @Override
  public void close() {
    model.close();
  }

  @Override
  public String toString() {
    return id + ": TorchScript, " + String.join(", ", layers());
  }

  private static String stem(Path file) {
    String name = file.getFileName().toString();
    return name.replaceFirst("(\\.torchscript)?\\.[^.]+$", "");
  }

  private static String firstLine(Exception e) {
    String message = String.valueOf(e.getMessage());
    return message.lines().findFirst().orElse(message).strip();
  }
}
