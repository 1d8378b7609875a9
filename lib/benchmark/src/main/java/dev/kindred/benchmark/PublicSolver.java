package dev.kindred.benchmark;

import dev.kindred.representation.Representation;
import dev.kindred.representation.Representations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What SciPy or POT needed for a transport problem.
 *
 * @param name solver and version
 * @param seconds of each round
 */
record PublicSolver(String name, double[] seconds) {

  /**
   * Lets {@code src/main/python/transport.py} solve a problem.
   *
   * @param python the Python to use
   * @param cost p·q numbers, row by row
   * @param value the least mean cost that was found here
   * @param rounds repetitions
   * @throws IllegalStateException if a solver fails or finds another value
   */
  static List<PublicSolver> solve(
      String python, double[] cost, int p, int q, double value, int rounds) {
    try {
      Path file = Files.createTempFile("kindred-costs", ".npy");
      try {
        Representations.write(Representation.of("costs", p, q, cost), file);
        Process process =
            new ProcessBuilder(
                    python,
                    script().toString(),
                    file.toString(),
                    "--both",
                    "--rounds",
                    Integer.toString(rounds))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
          throw new IllegalStateException(python + " failed; it needs numpy, scipy and POT");
        }
        List<PublicSolver> solvers = new ArrayList<>();
        for (String line : output.strip().split("\n")) {
          String[] fields = line.split("\t");
          if (Math.abs(Double.parseDouble(fields[2]) - value) > 1e-9) {
            throw new IllegalStateException(fields[0] + " finds " + fields[2] + ", not " + value);
          }
          solvers.add(
              new PublicSolver(
                  fields[0],
                  Arrays.stream(fields[1].split(" ")).mapToDouble(Double::parseDouble).toArray()));
        }
        return solvers;
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped on request", e);
    }
  }

  private static Path script() {
    String home = System.getenv().getOrDefault("KINDRED_HOME", ".");
    return Path.of(home, "lib/benchmark/src/main/python/transport.py");
  }
}
