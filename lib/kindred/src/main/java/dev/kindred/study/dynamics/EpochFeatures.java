package dev.kindred.study.dynamics;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Progress;
import dev.kindred.measure.AllPairs;
import dev.kindred.measure.Measure;
import dev.kindred.measure.Measures;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Representations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Responses of the layers of a network to fixed images at many epochs, in a folder: {@code
 * LAYER/epoch-N.npy}, a row for each image, whoever wrote them. Responses of more than two
 * dimensions are flattened.
 */
public final class EpochFeatures {
  /** Images of a batch of the paper. */
  public static final int BATCH = 512;

  private static final Pattern FILE = Pattern.compile("epoch-(\\d{1,9})\\.npy");

  /** What would be left out for its name alone; moments within an epoch are no epochs. */
  private static final Pattern MEANT = Pattern.compile("(?i)epoch(?!-\\d+-batch-\\d).*\\.npy");

  private final Path folder;
  private final TreeMap<String, TreeMap<Integer, Path>> layers;

  private EpochFeatures(Path folder, TreeMap<String, TreeMap<Integer, Path>> layers) {
    this.folder = folder;
    this.layers = layers;
  }

  /** Where the responses of a layer at an epoch lie. */
  public static Path file(Path folder, String layer, int epoch) {
    return folder.resolve(layer).resolve("epoch-" + epoch + ".npy");
  }

  /**
   * Lists what a folder holds.
   *
   * @throws InputException if it holds no layer, if a layer is absent at an epoch of others, or if
   *     the name of a file begins as that of an epoch and tells none
   */
  public static EpochFeatures open(Path folder) {
    TreeMap<String, TreeMap<Integer, Path>> layers = new TreeMap<>();
    for (Path sub : list(folder)) {
      if (Files.isDirectory(sub)) {
        TreeMap<Integer, Path> epochs = new TreeMap<>();
        for (Path file : list(sub)) {
          Matcher name = FILE.matcher(file.getFileName().toString());
          if (name.matches()) {
            Path other = epochs.put(Integer.valueOf(name.group(1)), file);
            if (other != null) {
              throw new InputException(other + " and " + file + " are the same epoch");
            }
          } else if (MEANT.matcher(file.getFileName().toString()).matches()) {
            throw new InputException(
                file
                    + ": expected the name epoch-N.npy with a whole number of at most nine digits");
          }
        }
        if (!epochs.isEmpty()) {
          layers.put(sub.getFileName().toString(), epochs);
        }
      }
    }
    if (layers.isEmpty()) {
      throw new InputException(
          folder + ": expected files LAYER/epoch-N.npy, such as conv1/epoch-0.npy, found none");
    }
    EpochFeatures features = new EpochFeatures(folder, layers);
    features.requireSameEpochs();
    return features;
  }

  private void requireSameEpochs() {
    layers.forEach(
        (layer, epochs) ->
            layers.forEach(
                (other, others) -> {
                  for (int epoch : others.keySet()) {
                    if (!epochs.containsKey(epoch)) {
                      throw new InputException(
                          file(folder, layer, epoch)
                              + " is missing, while "
                              + others.get(epoch)
                              + " is there: expected every layer at every epoch");
                    }
                  }
                }));
  }

  private static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InputException(folder + ": expected a folder of layers");
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw new InputException(folder + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** Names of the layers, sorted. */
  public List<String> layers() {
    return List.copyOf(layers.keySet());
  }

  /** The epochs, rising. */
  public List<Integer> epochs() {
    return List.copyOf(layers.firstEntry().getValue().keySet());
  }

  /** The files of a layer by epoch. */
  public Map<Integer, Path> files(String layer) {
    TreeMap<Integer, Path> files = layers.get(layer);
    if (files == null) {
      throw new InputException(folder + " has no layer " + layer + "; it has " + layers());
    }
    return files;
  }

  /**
   * The paper's: linear CKA with biased HSIC, averaged over batches of images one after the other,
   * which are read where they lie.
   *
   * @param batch images of a batch; 0 for all at once
   */
  public EpochMap cka(String layer, int batch, Progress progress) {
    String batches = batch == 0 ? "" : ",batch=" + batch + ",average=mean";
    return map(layer, Measures.parse("cka[estimator=biased" + batches + "]"), progress);
  }

  /**
   * A measure's values between a layer's responses at every two epochs, averaged over batches of
   * images one after the other. The responses of a batch are copied, at all epochs.
   *
   * @param batch images of a batch; the last may have fewer
   * @throws InputException as {@link #map(String, Measure, Progress)}
   */
  public EpochMap map(String layer, Measure measure, int batch, Progress progress) {
    List<Representation> responses = read(layer);
    int n = responses.get(0).stimuli();
    int batches = (n + batch - 1) / batch;
    double[][] mean = new double[responses.size()][responses.size()];
    for (int b = 0; b < batches; b++) {
      int[] images = IntStream.range(b * batch, Math.min(n, (b + 1) * batch)).toArray();
      double[][] values =
          new AllPairs(measure.select(images))
              .progress(progress)
              .matrix(responses.stream().map(all -> batch(all, images)).toList())
              .values();
      for (int i = 0; i < mean.length; i++) {
        for (int j = 0; j < mean.length; j++) {
          mean[i][j] += values[i][j] / batches;
        }
      }
    }
    return new EpochMap(
        measure.info().specification() + " of " + layer + ", mean of batches", epochs(), mean);
  }

  /** Some images, by a name that tells which, for what is wrong with them. */
  private static Representation batch(Representation all, int[] images) {
    String which = " (images " + images[0] + " to " + images[images.length - 1] + ")";
    return all.select(images).withId(all.id() + which);
  }

  /**
   * A measure's values between a layer's responses at every two epochs.
   *
   * @throws InputException if a file is damaged, or if images or sizes differ between epochs
   */
  public EpochMap map(String layer, Measure measure, Progress progress) {
    LabelledMatrix values = new AllPairs(measure).progress(progress).matrix(read(layer));
    return new EpochMap(values.title() + " of " + layer, epochs(), values.values());
  }

  private List<Representation> read(String layer) {
    List<Representation> responses = new ArrayList<>();
    Representation first = null;
    for (Map.Entry<Integer, Path> file : files(layer).entrySet()) {
      Representation at = Representations.read(file.getValue());
      first = first == null ? at : first;
      requireSame(file.getValue(), at, files(layer).values().iterator().next(), first);
      // What is wrong with the numbers of one epoch is told of its file.
      responses.add(at.withId(file.getValue().toString()));
    }
    return responses;
  }

  private static void requireSame(Path file, Representation at, Path firstFile, Representation of) {
    if (at.stimuli() != of.stimuli() || at.units() != of.units()) {
      throw new InputException(
          file
              + ": expected the "
              + of.stimuli()
              + " images and "
              + of.units()
              + " units of "
              + firstFile
              + ", found "
              + at.stimuli()
              + " and "
              + at.units());
    }
    try {
      of.requireSameStimuli(at);
    } catch (InputException e) {
      throw new InputException(file + ": " + e.getMessage(), e);
    }
  }
}
