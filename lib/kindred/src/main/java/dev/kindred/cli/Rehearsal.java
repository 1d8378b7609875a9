package dev.kindred.cli;

import dev.kindred.representation.Representation;
import dev.kindred.representation.Representations;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Runs the commands that are started most, on small files, so that the JVM can list the classes
 * that they load: the set-up archives these.
 */
final class Rehearsal {
  private static final int STIMULI = 40;

  /** Few units are compared as features, many in tiles of stimulus pairs. */
  private static final List<Integer> UNITS = List.of(4, 100);

  private Rehearsal() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("kindred-rehearsal");
    Path x = folder.resolve("x.npy");
    Path y = folder.resolve("y.npy");
    Path matrix = folder.resolve("m.csv");
    try {
      run("measures");
      for (int units : UNITS) {
        write(x, units, 1);
        write(y, units, 2);
        run("compare", "--measure", "cka", x.toString(), y.toString());
        run("compare", "--measure", "cka", "--json", x.toString(), y.toString());
        run("matrix", "--measure", "cka", "--out", matrix.toString(), x.toString(), y.toString());
      }
    } finally {
      for (Path file : List.of(x, y, matrix, folder)) {
        Files.deleteIfExists(file);
      }
    }
    System.exit(0);
  }

  private static void run(String... arguments) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    int status = Main.run(arguments, nowhere, new PrintWriter(System.err, true));
    if (status != 0) {
      System.exit(status);
    }
  }

  private static void write(Path file, int units, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[STIMULI * units];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    Representations.write(Representation.of("x", STIMULI, units, values), file);
  }
}
