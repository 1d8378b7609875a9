package dev.kindred.benchmark;

import dev.kindred.base.Progress;
import dev.kindred.measure.AllPairs;
import dev.kindred.measure.Measures;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Representations;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Prints how many seconds of a process the products take: linear CKA of the files that it is given,
 * once all are in memory, the first thing that a fresh JVM computes.
 */
final class Products {
  private Products() {}

  public static void main(String[] files) {
    List<Representation> models =
        Arrays.stream(files).map(file -> Representations.read(Path.of(file))).toList();
    System.out.println(
        Timing.seconds(
            () -> new AllPairs(Measures.parse("cka")).progress(Progress.NONE).matrix(models)));
  }
}
