package dev.kindred.study.dynamics;

import dev.kindred.base.InputException;
import dev.kindred.base.array.ArrayFile;
import dev.kindred.base.array.NpzWriter;
import dev.kindred.base.array.NumericArray;
import dev.kindred.network.training.LearningCurve;
import dev.kindred.recording.GramDiagonals;
import java.io.IOException;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@link DynamicsRun} in a .npz file, which NumPy reads too. Arrays: {@code curve} (epoch, loss,
 * training error, test error), {@code epochs}, {@code probe epochs}, {@code similarity LAYER} and
 * {@code unbiased LAYER} for every layer from the input on, {@code unbiased epochs}, {@code probe
 * errors} (a row a layer), {@code regions LAYER}, {@code traces LAYER} and {@code squared diagonals
 * LAYER} (epochs × batches), {@code class counts LAYER} (probed epochs × planes·classes), {@code
 * agreement with the start LAYER} (probed epochs × planes), {@code plane epochs}, {@code plane
 * LAYER}, {@code other initialisations}, {@code labels}, {@code predicted}. Maps are float32.
 * Layers that were not probed have no regions and no plane; their probe errors are NaN.
 */
public final class RunFile {
  private static final String CURVE = "curve";
  private static final String EPOCHS = "epochs";
  private static final String PROBE_EPOCHS = "probe epochs";
  private static final String SIMILARITY = "similarity ";
  private static final String UNBIASED = "unbiased ";
  private static final String UNBIASED_EPOCHS = "unbiased epochs";
  private static final String PROBE_ERRORS = "probe errors";
  private static final String REGIONS = "regions ";
  private static final String TRACES = "traces ";
  private static final String SQUARES = "squared diagonals ";
  private static final String COUNTS = "class counts ";
  private static final String WITH_START = "agreement with the start ";
  private static final String PLANE_EPOCHS = "plane epochs";
  private static final String PLANE = "plane ";
  private static final String OTHERS = "other initialisations";
  private static final String LABELS = "labels";
  private static final String PREDICTED = "predicted";

  private RunFile() {}

  /** Writes all of a run but its declaration. */
  public static void write(DynamicsRun run, Path file) throws IOException {
    try (NpzWriter npz = new NpzWriter(Files.newOutputStream(file))) {
      npz.write(
          CURVE,
          run.curve().points().stream()
              .map(p -> new double[] {p.epoch(), p.loss(), p.trainError(), p.testError()})
              .toArray(double[][]::new));
      npz.write(EPOCHS, ints(run.epochs()));
      npz.write(PROBE_EPOCHS, ints(run.probeEpochs()));
      npz.write(UNBIASED_EPOCHS, ints(run.layers().get(0).unbiased().epochs()));
      for (LayerDynamics layer : run.layers()) {
        npz.writeFloats(SIMILARITY + layer.layer(), layer.similarity().values());
        npz.writeFloats(UNBIASED + layer.layer(), layer.unbiased().values());
      }
      npz.write(
          PROBE_ERRORS,
          run.layers().stream().map(LayerDynamics::probeErrors).toArray(double[][]::new));
      for (LayerDynamics layer : run.layers()) {
        npz.writeFloats(REGIONS + layer.layer(), layer.regions().values());
        npz.writeFloats(TRACES + layer.layer(), layer.diagonals().trace());
        npz.writeFloats(SQUARES + layer.layer(), layer.diagonals().squares());
        npz.writeFloats(COUNTS + layer.layer(), flat(layer.planes().counts()));
        npz.writeFloats(WITH_START + layer.layer(), layer.planes().withStart());
      }
      npz.write(PLANE_EPOCHS, ints(run.plane().epochs()));
      for (Map.Entry<String, int[][]> labels : run.plane().labels().entrySet()) {
        npz.writeBytes(PLANE + labels.getKey(), labels.getValue());
      }
      npz.writeFloats(OTHERS, run.otherInitialisations());
      npz.writeBytes(LABELS, new int[][] {run.labels()});
      npz.writeBytes(PREDICTED, run.predicted());
    }
  }

  private static double[][] flat(int[][][] counts) {
    return Arrays.stream(counts)
        .map(row -> Arrays.stream(row).flatMapToInt(Arrays::stream).asDoubleStream().toArray())
        .toArray(double[][]::new);
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Reads a run.
   *
   * @param declaration what it is a run of
   * @throws InputException if the file is damaged or not of such a run
   */
  public static DynamicsRun read(Path file, RunDeclaration declaration) {
    try (ArrayFile arrays = ArrayFile.open(file)) {
      return new Reader(arrays).read(declaration);
    }
  }

  private record Reader(ArrayFile arrays) {
    DynamicsRun read(RunDeclaration declaration) {
      List<LearningCurve.Point> points = new ArrayList<>();
      for (double[] point : matrix(CURVE, -1, 4)) {
        points.add(new LearningCurve.Point((int) point[0], point[1], point[2], point[3]));
      }
      List<Integer> epochs = integers(EPOCHS);
      List<Integer> probed = integers(PROBE_EPOCHS);
      List<Integer> whole = integers(UNBIASED_EPOCHS);
      List<String> names = names(SIMILARITY);
      if (!names.equals(declaration.layers())) {
        throw new InputException(
            arrays.file()
                + ": expected the layers "
                + declaration.layers()
                + " of "
                + declaration.name()
                + ", found "
                + names);
      }
      double[][] errors = matrix(PROBE_ERRORS, names.size(), probed.size());
      List<LayerDynamics> layers = new ArrayList<>();
      for (String name : names) {
        layers.add(
            new LayerDynamics(
                name,
                map(SIMILARITY, name, "linear CKA of ", epochs),
                map(UNBIASED, name, "unbiased linear CKA of ", whole),
                errors[layers.size()],
                map(REGIONS, name, "decision-region similarity of ", probed),
                new GramDiagonals(
                    matrix(TRACES + name, epochs.size(), -1),
                    matrix(SQUARES + name, epochs.size(), -1)),
                planes(name, probed.size())));
      }
      double[][] labels = matrix(LABELS, 1, -1);
      double[][] predicted = matrix(PREDICTED, whole.size(), labels[0].length);
      return new DynamicsRun(
          declaration,
          new LearningCurve(points),
          epochs,
          probed,
          layers,
          plane(),
          matrix(OTHERS, -1, epochs.size()),
          ints(labels[0]),
          Arrays.stream(predicted).map(Reader::ints).toArray(int[][]::new));
    }

    private PlaneRegions planes(String layer, int epochs) {
      double[][] withStart = matrix(WITH_START + layer, epochs, -1);
      double[][] numbers = matrix(COUNTS + layer, epochs, -1);
      int[][][] counts = new int[epochs][][];
      for (int e = 0; e < epochs; e++) {
        int planes = withStart[e].length;
        int classes = numbers[e].length / planes;
        counts[e] = new int[planes][];
        for (int plane = 0; plane < planes; plane++) {
          counts[e][plane] =
              ints(Arrays.copyOfRange(numbers[e], plane * classes, (plane + 1) * classes));
        }
      }
      return new PlaneRegions(counts, withStart);
    }

    private EpochMap map(String kind, String layer, String title, List<Integer> epochs) {
      return new EpochMap(
          title + layer, epochs, matrix(kind + layer, epochs.size(), epochs.size()));
    }

    private PlaneLabels plane() {
      List<Integer> epochs = integers(PLANE_EPOCHS);
      Map<String, int[][]> labels = new LinkedHashMap<>();
      int points = 0;
      for (String layer : names(PLANE)) {
        if (!layer.equals("epochs")) {
          double[][] rows = matrix(PLANE + layer, epochs.size(), -1);
          labels.put(layer, Arrays.stream(rows).map(Reader::ints).toArray(int[][]::new));
          points = rows.length == 0 ? 0 : rows[0].length;
        }
      }
      return new PlaneLabels((int) Math.round(Math.sqrt(points)), epochs, labels);
    }

    private List<String> names(String kind) {
      return arrays.entries().stream()
          .map(ArrayFile.Entry::name)
          .filter(name -> name.startsWith(kind))
          .map(name -> name.substring(kind.length()))
          .toList();
    }

    private List<Integer> integers(String name) {
      NumericArray array = arrays.array(name);
      double[] numbers = new double[Math.toIntExact(array.size())];
      array.read(0, DoubleBuffer.wrap(numbers));
      return Arrays.stream(numbers).mapToObj(number -> (int) number).toList();
    }

    private static int[] ints(double[] numbers) {
      return Arrays.stream(numbers).mapToInt(number -> (int) number).toArray();
    }

    /**
     * An array.
     *
     * @param rows how many are expected, or -1 for any
     * @param columns the same
     */
    private double[][] matrix(String name, int rows, int columns) {
      NumericArray array = arrays.array(name);
      long[] shape = array.shape();
      if (shape.length != 2
          || rows >= 0 && shape[0] != rows
          || columns >= 0 && shape[1] != columns) {
        throw new InputException(
            array.name()
                + ": expected "
                + (rows < 0 ? "any" : rows)
                + " × "
                + (columns < 0 ? "any" : columns)
                + " numbers, found the shape "
                + Arrays.toString(shape));
      }
      double[][] values = new double[(int) shape[0]][(int) shape[1]];
      for (int i = 0; i < values.length; i++) {
        array.read(i * shape[1], DoubleBuffer.wrap(values[i]));
      }
      return values;
    }
  }
}
