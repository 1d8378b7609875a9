package dev.kindred.study.consistency;

import dev.kindred.base.Seeds;
import dev.kindred.base.array.NpyEncoder;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Representations;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** A folder of features of models m0, m1, …, every two of which share an objective. */
public final class FeatureFolder {
  private static final int STIMULI = 60;
  private static final int UNITS = 12;

  private FeatureFolder() {}

  /** Writes {@code <data set>/<model>.npy} and {@code models.csv}. */
  public static void write(Path folder, List<String> dataSets, int models) throws IOException {
    StringBuilder table = new StringBuilder("model,objective,colour\n");
    for (int m = 0; m < models; m++) {
      table.append("m" + m + ",o" + m / 2 + "," + (m % 2 == 0 ? "red" : "blue") + "\n");
    }
    Files.writeString(folder.resolve("models.csv"), table);
    for (String dataSet : dataSets) {
      Files.createDirectories(folder.resolve(dataSet));
      SplittableRandom shared = new Seeds(7).stream(dataSet);
      double[][] stimuli = gaussian(shared);
      for (int m = 0; m < models; m++) {
        double[][] own = gaussian(new Seeds(8).stream(dataSet + m));
        for (int i = 0; i < STIMULI; i++) {
          for (int j = 0; j < UNITS; j++) {
            own[i][j] += stimuli[i][j] * (1 + m / 2);
          }
        }
        Representations.write(
            Representation.of("m" + m, own), folder.resolve(dataSet).resolve("m" + m + ".npy"));
      }
    }
  }

  /** Three classes in turn, which the features of a data set then tell apart. */
  public static void label(Path folder, String dataSet, String ending) throws IOException {
    Path place = folder.resolve(dataSet);
    try (var files = Files.list(place)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".npy")).toList()) {
        Representation x = Representations.read(file);
        double[][] values = new double[STIMULI][];
        for (int i = 0; i < STIMULI; i++) {
          values[i] = x.row(i);
          values[i][i % 3] += 9;
        }
        Representations.write(Representation.of(x.id(), values), file);
      }
    }
    if (ending.equals("npy")) {
      // As numpy.save writes an array of int64.
      ByteBuffer bytes = ByteBuffer.allocate(8 * STIMULI).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < STIMULI; i++) {
        bytes.putLong(i % 3);
      }
      try (OutputStream out = Files.newOutputStream(place.resolve("labels.npy"))) {
        out.write(NpyEncoder.header("<i8", STIMULI));
        out.write(bytes.array());
      }
    } else {
      StringBuilder lines = new StringBuilder("label\n");
      for (int i = 0; i < STIMULI; i++) {
        lines.append(List.of("cat", "dog", "eel").get(i % 3)).append('\n');
      }
      Files.writeString(place.resolve("labels.csv"), lines);
    }
  }

  private static double[][] gaussian(SplittableRandom random) {
    double[][] values = new double[STIMULI][UNITS];
    for (double[] row : values) {
      java.util.Arrays.setAll(row, j -> random.nextGaussian());
    }
    return values;
  }
}
