package dev.kindred.study.consistency;

import dev.kindred.base.Seeds;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Representations;
import java.io.IOException;
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

  private static double[][] gaussian(SplittableRandom random) {
    double[][] values = new double[STIMULI][UNITS];
    for (double[] row : values) {
      java.util.Arrays.setAll(row, j -> random.nextGaussian());
    }
    return values;
  }
}
