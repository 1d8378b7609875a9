package dev.kindred.study.convergence;

import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.network.Pooling;
import dev.kindred.network.training.Shuffle;
import dev.kindred.representation.Controls;
import dev.kindred.representation.Representation;
import dev.kindred.study.convergence.Comparison.Control;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** What is aligned with what, for every figure of the study. */
final class LayerAlignments {
  private final ConvergenceNetworks networks;
  private final ConvergenceSizes sizes;
  private final Seeds seeds;

  LayerAlignments(ConvergenceNetworks networks, ConvergenceSizes sizes, long seed) {
    this.networks = networks;
    this.sizes = sizes;
    this.seeds = new Seeds(seed).child("convergence controls");
  }

  /** Over depth, before and after training, with all controls. */
  AlignmentTable depth(int group) {
    List<AlignmentTable> tables = new ArrayList<>();
    List<Integer> moments = networks.moments(networks.first(group));
    for (Pooling pooling : networks.poolings(group)) {
      for (int moment : new TreeSet<>(List.of(moments.get(0), networks.end()))) {
        List<List<Representation>> layers =
            networks.layers(networks.aligned(group), moment, 0, pooling);
        LayerPairs pairs = new LayerPairs();
        for (Control control : Control.values()) {
          addPairs(
              pairs,
              group,
              new Conditions(moment, 0, pooling, control, 0),
              layers,
              changed(layers, control));
        }
        tables.add(pairs.align());
      }
    }
    return AlignmentTable.joined(tables);
  }

  /** Between seeds at every moment of training. */
  AlignmentTable training(int group) {
    List<AlignmentTable> tables = new ArrayList<>();
    List<Pooling> poolings = networks.poolings(group);
    List<Integer> moments = networks.moments(networks.first(group));
    try (Progress.Task task =
        Progress.standard().begin("moments of training", (long) poolings.size() * moments.size())) {
      for (Pooling pooling : poolings) {
        for (int moment : moments) {
          List<List<Representation>> layers =
              networks.layers(networks.aligned(group), moment, 0, pooling);
          LayerPairs pairs = new LayerPairs();
          addPairs(
              pairs, group, new Conditions(moment, 0, pooling, Control.NONE, 0), layers, layers);
          tables.add(pairs.align());
          task.advance(1);
        }
      }
    }
    return AlignmentTable.joined(tables);
  }

  /**
   * Between seeds on every set of stimuli and on its halves, at the end of training; and before it,
   * pooled and on all stimuli: what a shift does without learning.
   */
  AlignmentTable sets(int group) {
    List<AlignmentTable> tables = new ArrayList<>();
    List<Pooling> poolings = networks.poolings(group);
    List<Integer> aligned = networks.aligned(group);
    int sets = networks.images().sets().size();
    try (Progress.Task task =
        Progress.standard().begin("sets of stimuli", (long) poolings.size() * sets)) {
      for (Pooling pooling : poolings) {
        for (int set = 0; set < sets; set++) {
          List<List<Representation>> layers =
              networks.layers(aligned, networks.end(), set, pooling);
          LayerPairs pairs = new LayerPairs();
          for (int part : new int[] {0, 1, 2}) {
            List<List<Representation>> some = part(layers, part);
            addPairs(
                pairs,
                group,
                new Conditions(networks.end(), set, pooling, Control.NONE, part),
                some,
                some);
          }
          if (pooling == Pooling.POOLED && networks.isTrained(group)) {
            List<List<Representation>> untrained = networks.layers(aligned, 0, set, pooling);
            addPairs(
                pairs,
                group,
                new Conditions(0, set, pooling, Control.NONE, 0),
                untrained,
                untrained);
          }
          tables.add(pairs.align());
          task.advance(1);
        }
      }
    }
    return AlignmentTable.joined(tables);
  }

  /**
   * Every layer of one network with every layer of another, of this group and of all after it; the
   * same with shuffled stimuli, which is what the greatest value of a row is by chance; and,
   * pooled, before training.
   */
  AlignmentTable maps(int group) {
    List<AlignmentTable> tables = new ArrayList<>();
    int end = networks.end();
    for (Pooling pooling : networks.poolings(group)) {
      List<List<Representation>> rows = networks.layers(group, end, 0, pooling);
      for (int other = group; other < networks.groups().size(); other++) {
        if (!networks.poolings(other).contains(pooling)) {
          continue;
        }
        List<List<Representation>> columns =
            other == group ? rows : networks.layers(other, end, 0, pooling);
        LayerPairs pairs = new LayerPairs();
        for (Control control : List.of(Control.NONE, Control.SHUFFLED)) {
          addMaps(
              pairs,
              group,
              other,
              new Conditions(end, 0, pooling, control, 0),
              rows,
              changed(columns, control));
        }
        if (pooling == Pooling.POOLED && networks.isTrained(group) && networks.isTrained(other)) {
          List<List<Representation>> untrained = networks.layers(group, 0, 0, pooling);
          addMaps(
              pairs,
              group,
              other,
              new Conditions(0, 0, pooling, Control.NONE, 0),
              untrained,
              other == group ? untrained : networks.layers(other, 0, 0, pooling));
        }
        tables.add(pairs.align());
      }
    }
    return AlignmentTable.joined(tables);
  }

  /** One comparison, from the responses of its two networks. */
  AlignmentTable again(Comparison of) {
    Representation x =
        networks
            .layers(List.of(of.first()), of.moment(), of.set(), of.pooling())
            .get(0)
            .get(of.row());
    Representation y =
        networks
            .layers(List.of(of.second()), of.moment(), of.set(), of.pooling())
            .get(0)
            .get(of.column());
    LayerPairs pairs = new LayerPairs();
    pairs.add(of, part(x, of.part()), part(changed(y, of.control()), of.part()));
    return pairs.align();
  }

  private void addMaps(
      LayerPairs pairs,
      int group,
      int other,
      Conditions conditions,
      List<List<Representation>> rows,
      List<List<Representation>> columns) {
    for (int map = 0; map < maps(group, other); map++) {
      // Another seed, as the same one is the same network, or the same random numbers.
      int a = map % rows.size();
      int b = (map + 1) % columns.size();
      for (int row = 0; row < rows.get(a).size(); row++) {
        for (int column = 0; column < columns.get(b).size(); column++) {
          pairs.add(
              conditions.of(networks.first(group) + a, networks.first(other) + b, row, column),
              rows.get(a).get(row),
              columns.get(b).get(column));
        }
      }
    }
  }

  /** Pairs of networks of two groups whose layers are all compared; no network with itself. */
  private int maps(int group, int other) {
    int most = Math.max(networks.size(group), networks.size(other));
    return group == other && most == 1 ? 0 : Math.min(sizes.maps(), most);
  }

  private List<List<Representation>> part(List<List<Representation>> layers, int part) {
    return layers.stream().map(of -> of.stream().map(layer -> part(layer, part)).toList()).toList();
  }

  /** All stimuli, or one half of them. */
  private Representation part(Representation layer, int part) {
    return part == 0 ? layer : layer.select(half(layer.stimuli(), part));
  }

  /** One of two random halves. */
  private int[] half(int stimuli, int part) {
    int[] order = Shuffle.order(stimuli, seeds.stream("halves"));
    int[] half =
        part == 1
            ? Arrays.copyOf(order, stimuli / 2)
            : Arrays.copyOfRange(order, stimuli / 2, stimuli);
    Arrays.sort(half);
    return half;
  }

  private List<List<Representation>> changed(List<List<Representation>> layers, Control control) {
    return layers.stream()
        .map(of -> of.stream().map(layer -> changed(layer, control)).toList())
        .toList();
  }

  private Representation changed(Representation x, Control control) {
    Seeds random = seeds.child(x.id());
    return switch (control) {
      case NONE -> x;
      case ROTATED -> Controls.rotated(x, random);
      case SHUFFLED -> Controls.shuffled(x, random);
      case ROTATED_ABOUT_MEAN -> Controls.rotatedAboutMean(x, random);
    };
  }

  /** What comparisons have in common. */
  private record Conditions(int moment, int set, Pooling pooling, Control control, int part) {
    private Comparison of(int first, int second, int row, int column) {
      return new Comparison(first, second, row, column, moment, set, pooling, control, part);
    }
  }

  /**
   * Every two networks of a group, the smaller number first; a single one with those of others.
   *
   * @param layers of the networks that are aligned, the first side
   * @param others their layers as they are on the other side
   */
  private void addPairs(
      LayerPairs pairs,
      int group,
      Conditions conditions,
      List<List<Representation>> layers,
      List<List<Representation>> others) {
    List<Integer> aligned = networks.aligned(group);
    for (int a = 0; a < networks.size(group); a++) {
      for (int b = a + 1; b < aligned.size(); b++) {
        for (int layer = 0; layer < layers.get(a).size(); layer++) {
          pairs.add(
              conditions.of(aligned.get(a), aligned.get(b), layer, layer),
              layers.get(a).get(layer),
              others.get(b).get(layer));
        }
      }
    }
  }
}
