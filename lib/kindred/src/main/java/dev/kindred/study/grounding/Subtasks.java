package dev.kindred.study.grounding;

import dev.kindred.base.Progress;
import dev.kindred.base.Store;
import dev.kindred.measure.Measure;
import dev.kindred.network.Classification;
import dev.kindred.network.Pooling;
import dev.kindred.network.ResponseGrid;
import dev.kindred.network.StoredNetwork;
import dev.kindred.representation.PrincipalComponents;
import dev.kindred.representation.Representation;
import dev.kindred.stimuli.ImageSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The four subtasks, and the maps of the text's two figures, on one population: distances of
 * representations beside what the networks can do. Depths are counted from 0, networks from 0 in
 * the order of their seeds.
 *
 * <p>Distances go from the representation of the row to that of the column. Where a measure is not
 * symmetric, those from the column to the row are in the same array if it is square, and else in
 * one more that is called {@code reversed} and the name of the first. {@code times} and the name of
 * an array are those of {@link MeasuredPairs.Outcome}.
 */
final class Subtasks {
  static final String ACCURACY = "accuracy";
  static final String REFERENCES = "references";
  static final String KEPT = "kept components";
  static final String TIMES = "times ";
  static final String USUAL = "usual";
  static final String REVERSED = "reversed ";
  static final String CHANCE = "chance";

  /** Before the name of a set: the classes that networks, or probes on them, see in its images. */
  static final String SEEN = "seen ";

  /** Before the name of a set: the classes of its images. */
  static final String LABELS = "labels ";

  /** Below so many components every number of them is tried. */
  private static final int FEW = 12;

  private final Population population;
  private final GroundingSizes sizes;
  private final Map<String, Measure> measures;
  private final Store store;
  private final Functions functions;
  private final ResponseGrid grid;
  private final List<String> depths;
  private Probing probing;

  Subtasks(
      Population population, GroundingSizes sizes, Map<String, Measure> measures, Store store) {
    this.population = population;
    this.sizes = sizes;
    this.measures = measures;
    this.store = store;
    this.functions = new Functions(store);
    this.grid = new ResponseGrid(store);
    this.depths = population.depths();
  }

  /** Seeds 1 to {@code count}. */
  static List<Integer> seeds(int count) {
    return IntStream.rangeClosed(1, count).boxed().toList();
  }

  /**
   * Responses to the images that probes are trained on and judged by, in one matrix, so that both
   * have the same principal components.
   */
  private final class Probing {
    private final ImageSet train;
    private final ImageSet test;
    private final ImageSet joined;

    Probing() {
      ImageSet all = population.images().training().train();
      train = all.select(range(0, Math.min(all.size(), sizes.probeImages())));
      test = population.images().training().test();
      joined = GroundingImages.joined(train, test);
    }

    /** Network → depth → responses. */
    List<List<Representation>> responses(List<StoredNetwork> networks) {
      return byDepth(networks, joined);
    }

    /** The classes that a probe reads from the test images. */
    int[] seen(Representation responses) {
      return functions.probe(
          responses.select(range(0, train.size())),
          train.labels(),
          responses.select(range(train.size(), joined.size())),
          train.classNames().size());
    }

    double accuracy(int[] seen) {
      return Classification.accuracy(seen, test.labels());
    }

    /** The responses to the stimuli, the first of the test images. */
    Representation stimuli(Representation responses) {
      int most = Math.min(test.size(), sizes.stimuli());
      return responses.select(range(train.size(), train.size() + most));
    }
  }

  /** Images are drawn anew whenever they are asked for: once is enough for all parts. */
  private synchronized Probing probing() {
    if (probing == null) {
      probing = new Probing();
    }
    return probing;
  }

  private static int[] range(int from, int to) {
    return IntStream.range(from, to).toArray();
  }

  private List<List<Representation>> byDepth(List<StoredNetwork> networks, ImageSet images) {
    Map<String, Map<String, Representation>> responses =
        grid.responses(networks, depths, images, Pooling.POOLED, Progress.standard());
    return networks.stream()
        .map(network -> List.copyOf(responses.get(network.name()).values()))
        .toList();
  }

  /**
   * (a) Seeds × depths. Arrays: {@code accuracy}, network × depth, of a probe; {@code seen usual},
   * (network × depth) × image, the class that it sees, and {@code labels usual}; {@code chance},
   * the share of the most frequent class; {@code references}, the networks of the best accuracy at
   * the deepest depth, best first; for each measure distances, (network × depth) × network at the
   * deepest depth, NaN where that is no reference.
   */
  Map<String, double[][]> layers() {
    Probing probing = probing();
    List<List<Representation>> responses = probing.responses(networks(sizes.seeds()));
    double[][] seen = seen(responses, probing);
    double[][] accuracies = new double[responses.size()][depths.size()];
    for (int i = 0; i < seen.length; i++) {
      accuracies[i / depths.size()][i % depths.size()] = probing.accuracy(integers(seen[i]));
    }
    int deepest = depths.size() - 1;
    int[] references = best(Arrays.stream(accuracies).mapToDouble(a -> a[deepest]).toArray());
    List<Representation> rows = new ArrayList<>();
    responses.forEach(network -> network.forEach(x -> rows.add(probing.stimuli(x))));
    List<Representation> columns =
        IntStream.range(0, responses.size())
            .mapToObj(network -> rows.get(network * depths.size() + deepest))
            .toList();
    Map<String, double[][]> arrays = new LinkedHashMap<>();
    arrays.put(ACCURACY, accuracies);
    arrays.put(SEEN + USUAL, seen);
    addTruth(arrays, probing.test);
    arrays.put(REFERENCES, new double[][] {doubles(references)});
    boolean[] isReference = among(references, responses.size());
    add(arrays, "", new MeasuredPairs(rows, columns, (i, j) -> isReference[j]), "seeds and depths");
    return arrays;
  }

  private static void addTruth(Map<String, double[][]> arrays, ImageSet images) {
    arrays.put(LABELS + USUAL, new double[][] {doubles(images.labels())});
    arrays.put(CHANCE, new double[][] {{chance(images)}});
  }

  /** The share of right answers of one who always says the most frequent class. */
  private static double chance(ImageSet images) {
    int[] counts = new int[images.classNames().size()];
    for (int label : images.labels()) {
      counts[label]++;
    }
    return (double) Arrays.stream(counts).max().orElseThrow() / images.size();
  }

  private static boolean[] among(int[] chosen, int count) {
    boolean[] among = new boolean[count];
    for (int i : chosen) {
      among[i] = true;
    }
    return among;
  }

  private List<StoredNetwork> networks(int count) {
    return population.trained(seeds(count));
  }

  /** (Network × depth) × test image. */
  private double[][] seen(List<List<Representation>> responses, Probing probing) {
    double[][] seen = new double[responses.size() * depths.size()][];
    try (Progress.Task task = Progress.standard().begin("probes", seen.length)) {
      for (int i = 0; i < seen.length; i++) {
        seen[i] = doubles(probing.seen(responses.get(i / depths.size()).get(i % depths.size())));
        task.advance(1);
      }
    }
    return seen;
  }

  /** The networks of the best accuracies, best first, of equal ones the first. */
  private int[] best(double[] accuracies) {
    return IntStream.range(0, accuracies.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -accuracies[i]))
        .limit(sizes.references())
        .mapToInt(i -> i)
        .toArray();
  }

  static int[] integers(double[] numbers) {
    return Arrays.stream(numbers).mapToInt(number -> (int) number).toArray();
  }

  private static double[] doubles(int[] numbers) {
    return Arrays.stream(numbers).asDoubleStream().toArray();
  }

  /**
   * (b) Seeds × deletion of principal components, at the two deepest depths. Arrays: {@code kept
   * components}; {@code chance} and {@code labels usual} as in (a); for each depth D {@code
   * accuracy D}, network × level of deletion, {@code seen D}, (network × level) × image, {@code
   * references D} by the accuracy of what nothing is deleted from, and for each measure {@code
   * <measure> D}, (network × level) × network without deletion, NaN where neither of the two is a
   * reference: either may be, the one with or the one without deletion.
   */
  Map<String, double[][]> components() {
    Probing probing = probing();
    List<List<Representation>> responses = probing.responses(networks(sizes.seeds()));
    Map<String, double[][]> arrays = new LinkedHashMap<>();
    addTruth(arrays, probing.test);
    for (int d = Math.max(0, depths.size() - 2); d < depths.size(); d++) {
      int[] kept = kept(responses.get(0).get(d).units());
      arrays.put(KEPT, new double[][] {doubles(kept)});
      double[][] accuracies = new double[responses.size()][kept.length];
      double[][] seen = new double[responses.size() * kept.length][];
      List<Representation> rows = new ArrayList<>();
      try (Progress.Task task = Progress.standard().begin("probes", responses.size())) {
        for (int i = 0; i < accuracies.length; i++) {
          try (PrincipalComponents components = PrincipalComponents.of(responses.get(i).get(d))) {
            for (int k = 0; k < kept.length; k++) {
              Representation left = components.keep(kept[k]);
              int[] classes = probing.seen(left);
              seen[i * kept.length + k] = doubles(classes);
              accuracies[i][k] = probing.accuracy(classes);
              rows.add(probing.stimuli(left));
            }
          }
          task.advance(1);
        }
      }
      int[] references = best(Arrays.stream(accuracies).mapToDouble(a -> a[0]).toArray());
      List<Representation> columns =
          IntStream.range(0, responses.size())
              .mapToObj(network -> rows.get(network * kept.length))
              .toList();
      boolean[] isReference = among(references, responses.size());
      arrays.put(ACCURACY + " " + d, accuracies);
      arrays.put(SEEN + d, seen);
      arrays.put(REFERENCES + " " + d, new double[][] {doubles(references)});
      add(
          arrays,
          " " + d,
          new MeasuredPairs(
              rows, columns, (i, j) -> isReference[i / kept.length] || isReference[j]),
          "deletion at depth " + d);
    }
    return arrays;
  }

  private int[] kept(int units) {
    return IntStream.concat(IntStream.of(units), sizes.kept().stream().mapToInt(Integer::intValue))
        .toArray();
  }

  /**
   * Figures 1 and 2, and the tests of specificity and sensitivity. Arrays: for each measure
   * distances, square over (network × depth) of some networks; {@code kept components}; and for
   * each depth D {@code <measure> deleted D}, network × number kept: the distance from what is left
   * to the whole. It may stay below that of two seeds down to one component: then nothing is ever
   * noticed.
   */
  Map<String, double[][]> maps() {
    Probing probing = probing();
    List<List<Representation>> networks =
        probing.responses(networks(sizes.shown())).stream()
            .map(network -> network.stream().map(probing::stimuli).toList())
            .toList();
    int[] kept = fewer(networks.get(0).get(0).units(), sizes.step());
    Map<String, double[][]> arrays = new LinkedHashMap<>();
    arrays.put(KEPT, new double[][] {doubles(kept)});
    add(
        arrays,
        "",
        MeasuredPairs.square(networks.stream().flatMap(List::stream).toList()),
        "depths × depths");
    for (int d = 0; d < depths.size(); d++) {
      addDeleted(arrays, networks, kept, d);
    }
    return arrays;
  }

  private void addDeleted(
      Map<String, double[][]> arrays, List<List<Representation>> networks, int[] kept, int depth) {
    List<Representation> whole = networks.stream().map(network -> network.get(depth)).toList();
    List<Representation> left = new ArrayList<>();
    for (Representation x : whole) {
      try (PrincipalComponents components = PrincipalComponents.of(x)) {
        for (int k : kept) {
          left.add(components.keep(k));
        }
      }
    }
    Map<String, double[][]> pairs = new LinkedHashMap<>();
    add(
        pairs,
        " deleted " + depth,
        new MeasuredPairs(left, whole, (i, j) -> i / kept.length == j),
        "deletion until it shows, depth " + depth);
    pairs.forEach(
        (name, array) ->
            arrays.put(name, name.startsWith(TIMES) ? array : ofOneself(array, kept.length)));
  }

  /** Of (network × level) × network the pairs of a network with itself: network × level. */
  private static double[][] ofOneself(double[][] pairs, int levels) {
    double[][] own = new double[pairs.length / levels][levels];
    for (int i = 0; i < pairs.length; i++) {
      own[i / levels][i % levels] = pairs[i][i / levels];
    }
    return own;
  }

  /** Numbers of components that are left, from all but one to one, the few all. */
  static int[] fewer(int units, int step) {
    return IntStream.rangeClosed(1, units - 1)
        .map(deleted -> units - deleted)
        .filter(left -> left <= FEW || (units - 1 - left) % step == 0)
        .toArray();
  }

  /**
   * (c) Fine-tuning seeds. Arrays: {@code accuracy}, network × (usual test images, then the
   * seventeen distortions); {@code chance} on each of these; for each of them, the usual called
   * {@code usual}, {@code labels <set>}, 1 × image, and {@code seen <set>}, network × image, the
   * class that the network sees in it; for each depth D and measure {@code <measure> D}, network ×
   * network.
   */
  Map<String, double[][]> distortions() {
    List<StoredNetwork> networks = population.fineTuned(1, seeds(sizes.seeds()));
    return fineTuned(networks, population.images().distortions());
  }

  /**
   * (d) Pre-training × fine-tuning seeds. Arrays as in (c), the sets being the usual test images
   * and the stress tests; networks are ordered by the seed of the pre-training.
   */
  Map<String, double[][]> stress() {
    List<StoredNetwork> networks = new ArrayList<>();
    for (int pretraining : seeds(sizes.pretrainings())) {
      networks.addAll(population.fineTuned(pretraining, seeds(sizes.fineTunings())));
    }
    return fineTuned(networks, population.images().stress());
  }

  /**
   * Two networks of (c) alone: the {@code accuracy} of the first on the usual images, and the
   * distances of the two under every measure, from the first to the second and {@code reversed}.
   *
   * @param first seed of its fine-tuning, counted from 1
   */
  Map<String, Double> fineTunedPair(int first, int second, int depth) {
    List<StoredNetwork> networks = population.fineTuned(1, List.of(first, second));
    Map<String, double[][]> arrays = fineTuned(networks, Map.of());
    Map<String, Double> pair = new LinkedHashMap<>();
    pair.put(ACCURACY, arrays.get(ACCURACY)[0][0]);
    for (String name : measures.keySet()) {
      double[][] distances = arrays.get(name + " " + depth);
      pair.put(name, distances[0][1]);
      pair.put(REVERSED + name, distances[1][0]);
    }
    return pair;
  }

  /** Responses of the networks of (c) at the deepest depth, to what they are compared on there. */
  List<Representation> deepestResponses() {
    return byDepth(population.fineTuned(1, seeds(sizes.seeds())), comparedOn()).stream()
        .map(network -> network.get(depths.size() - 1))
        .toList();
  }

  private ImageSet comparedOn() {
    ImageSet usual = population.images().fineTuning().test();
    return usual.select(range(0, Math.min(usual.size(), sizes.stimuli())));
  }

  private Map<String, double[][]> fineTuned(
      List<StoredNetwork> networks, Map<String, ImageSet> sets) {
    ImageSet usual = population.images().fineTuning().test();
    Map<String, ImageSet> judged = new LinkedHashMap<>();
    judged.put(USUAL, usual);
    judged.putAll(sets);
    Map<String, double[][]> arrays = new LinkedHashMap<>();
    addFunction(arrays, networks, judged);
    List<List<Representation>> responses = byDepth(networks, comparedOn());
    for (int d = 0; d < depths.size(); d++) {
      int depth = d;
      List<Representation> ofDepth = responses.stream().map(network -> network.get(depth)).toList();
      add(arrays, " " + d, MeasuredPairs.square(ofDepth), "fine-tuned networks, depth " + d);
    }
    return arrays;
  }

  /** What the networks make of sets of images, by name. */
  private void addFunction(
      Map<String, double[][]> arrays, List<StoredNetwork> networks, Map<String, ImageSet> judged) {
    List<ImageSet> sets = List.copyOf(judged.values());
    int[][][] classes = functions.classes(networks, sets);
    double[][] accuracies = new double[networks.size()][sets.size()];
    double[] chance = new double[sets.size()];
    arrays.put(ACCURACY, accuracies);
    arrays.put(CHANCE, new double[][] {chance});
    int set = 0;
    for (Map.Entry<String, ImageSet> entry : judged.entrySet()) {
      int[] labels = entry.getValue().labels();
      double[][] seen = new double[networks.size()][];
      for (int i = 0; i < seen.length; i++) {
        seen[i] = doubles(classes[i][set]);
        accuracies[i][set] = Classification.accuracy(classes[i][set], labels);
      }
      chance[set++] = chance(entry.getValue());
      arrays.put(LABELS + entry.getKey(), new double[][] {doubles(labels)});
      arrays.put(SEEN + entry.getKey(), seen);
    }
  }

  /** Distances named {@code <measure><suffix>}, times {@code times <measure><suffix>}. */
  private void add(
      Map<String, double[][]> arrays, String suffix, MeasuredPairs pairs, String label) {
    pairs
        .under(measures, population.name() + ": " + label, store)
        .forEach(
            (measure, outcome) -> {
              arrays.put(measure + suffix, outcome.distances());
              if (outcome.reversed() != null) {
                arrays.put(REVERSED + measure + suffix, outcome.reversed());
              }
              arrays.put(TIMES + measure + suffix, new double[][] {outcome.times()});
            });
  }
}
