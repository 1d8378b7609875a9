package dev.kindred.study.grounding;

import dev.kindred.base.InputException;
import dev.kindred.base.Profile;
import dev.kindred.base.Store;
import dev.kindred.base.array.ArrayFile;
import dev.kindred.base.array.NumericArray;
import dev.kindred.measure.Measure;
import dev.kindred.representation.Representation;
import dev.kindred.representation.RepresentationCollection;
import dev.kindred.study.grounding.GroundingStudy.Part;
import dev.kindred.study.source.StoredStudy;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/** Distances and accuracies of all populations, from a stored study or made on the spot. */
public final class GroundingResults {
  private final String description;
  private final List<String> measures;
  private final List<GroundedPopulation> populations;

  /** Of the first population; null where no network is at hand. */
  private final Subtasks networks;

  GroundingResults(
      String description, List<String> measures, List<GroundedPopulation> populations) {
    this(description, measures, populations, null);
  }

  private GroundingResults(
      String description,
      List<String> measures,
      List<GroundedPopulation> populations,
      Subtasks networks) {
    this.description = description;
    this.measures = List.copyOf(measures);
    this.populations = List.copyOf(populations);
    this.networks = networks;
  }

  /**
   * Opens the results of a stored study.
   *
   * @param folder the study's; if empty, the one that comes along
   * @return empty where no folder is named and none comes along
   */
  public static Optional<GroundingResults> stored(String folder) {
    Path place =
        folder.isBlank() ? StoredStudy.standardFolder(GroundingStudy.NAME) : Path.of(folder);
    return folder.isBlank() && !StoredStudy.isIn(place)
        ? Optional.empty()
        : Optional.of(of(StoredStudy.open(place, GroundingStudy.NAME, GroundingStudy.REVISION)));
  }

  static GroundingResults of(StoredStudy stored) {
    Table table = RepresentationCollection.readModels(stored.file(GroundingStudy.MEASURES));
    List<String> measures = new ArrayList<>();
    for (Row row : table) {
      if (!row.getString("kind").equals(GroundingStudy.LEFT_OUT)) {
        measures.add(row.getString("measure"));
      }
    }
    List<GroundedPopulation> populations = new ArrayList<>();
    for (Row row : RepresentationCollection.readModels(stored.file(GroundingStudy.POPULATIONS))) {
      String name = row.getString("population");
      populations.add(
          new GroundedPopulation(
              name,
              List.of(row.getString("depths").split(" ")),
              List.of(row.getString("stress tests").split(" ")),
              row.getInt("pre-trainings"),
              measures,
              part -> read(stored.file(part.file(name)))));
    }
    return new GroundingResults(stored.toString(), measures, populations);
  }

  private static Map<String, double[][]> read(Path file) {
    Map<String, double[][]> arrays = new LinkedHashMap<>();
    try (ArrayFile open = ArrayFile.open(file)) {
      for (ArrayFile.Entry entry : open.entries()) {
        arrays.put(entry.name(), matrix(open.array(entry.name()), file, entry.name()));
      }
    }
    return arrays;
  }

  private static double[][] matrix(NumericArray array, Path file, String name) {
    long[] shape = array.shape();
    if (shape.length != 2) {
      throw new InputException(
          file + ", " + name + ": expected a matrix, found " + shape.length + " axes");
    }
    double[][] matrix = new double[(int) shape[0]][(int) shape[1]];
    for (int i = 0; i < matrix.length; i++) {
      array.read(i * shape[1], DoubleBuffer.wrap(matrix[i]));
    }
    return matrix;
  }

  /**
   * Trains and compares networks here; all of it is kept in the store.
   *
   * @param dataSets as in {@link GroundingStudy#settings}
   * @param profile how many networks, on how many images
   * @param measures by canonical specification
   * @param seed of images and networks
   */
  public static GroundingResults live(
      List<String> dataSets, Profile profile, Map<String, Measure> measures, long seed) {
    SortedMap<String, String> settings = GroundingStudy.settings(dataSets, profile, 1, seed);
    Store store = Store.standard();
    GroundingSizes sizes = GroundingSizes.of(profile);
    List<String> names = List.copyOf(measures.keySet());
    List<GroundedPopulation> populations = new ArrayList<>();
    List<Subtasks> made = new ArrayList<>();
    for (Population population : GroundingStudy.populations(settings, store)) {
      Subtasks subtasks = new Subtasks(population, sizes, measures, store);
      made.add(subtasks);
      populations.add(
          new GroundedPopulation(
              population.name(),
              population.depths(),
              List.copyOf(population.images().stress().keySet()),
              sizes.pretrainings(),
              names,
              part -> part.of(subtasks)));
    }
    GroundingResults results =
        new GroundingResults(
            populations.size() * sizes.networks() + " networks, trained here",
            names,
            populations,
            made.get(0));
    // Now, and not within the statistics: it takes minutes and tells of its progress.
    for (GroundedPopulation population : populations) {
      for (Part part : Part.values()) {
        population.arrays(part);
      }
    }
    return results;
  }

  /**
   * Networks with what they do: the fine-tuned ones of (c).
   *
   * @param networks their responses at the deepest depth
   * @param function mean accuracy on the seventeen distortions
   */
  public record FineTuned(List<Representation> networks, double[] function) {}

  /**
   * The fine-tuned networks of the first population.
   *
   * @throws InputException if these results are of a stored study, which has no networks
   */
  public FineTuned fineTuned() {
    if (networks == null) {
      throw new InputException(
          "fine-tuned networks: expected results of networks trained here, found " + this);
    }
    return new FineTuned(
        networks.deepestResponses(),
        Arrays.stream(populations.get(0).arrays(Part.DISTORTIONS).get(Subtasks.ACCURACY))
            .mapToDouble(GroundedPopulation::onDistortions)
            .toArray());
  }

  /** The populations. */
  public List<GroundedPopulation> populations() {
    return populations;
  }

  /** Canonical specifications of the measures. */
  public List<String> measures() {
    return measures;
  }

  /** What these results are, in a line. */
  @Override
  public String toString() {
    return description;
  }
}
