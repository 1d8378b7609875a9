package dev.kindred.stimuli;

import dev.kindred.base.Provenance;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The images of some classes of a set, in its order; the classes are numbered anew. */
final class ImagesOfClasses extends SelectedImages {
  private final int[] classes;
  private final List<String> names;

  /**
   * @param classes numbers of the classes in {@code all}, ascending
   */
  ImagesOfClasses(ImageSet all, int[] classes) {
    super(
        all,
        IntStream.range(0, all.size())
            .filter(i -> Arrays.binarySearch(classes, all.label(i)) >= 0)
            .toArray());
    this.classes = classes.clone();
    this.names = Arrays.stream(classes).mapToObj(all.classNames()::get).toList();
  }

  @Override
  public int label(int i) {
    return Arrays.binarySearch(classes, super.label(i));
  }

  @Override
  public List<String> classNames() {
    return names;
  }

  @Override
  public Provenance provenance() {
    return Provenance.of("classes", Map.of("classes", names), super.provenance());
  }
}
