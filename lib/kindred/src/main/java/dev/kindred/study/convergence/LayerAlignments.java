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
import java.util.stream.IntStream;

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

  /** Over depth, before and after training, with both controls. */
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
              control == Control.NONE ? layers : changed(layers, control));
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

  /** Between seeds on every set of stimuli, and on its halves. */
  AlignmentTable sets(int group) {
    List<AlignmentTable> tables = new ArrayList<>();
    List<Pooling> poolings = networks.poolings(group);
    int sets = networks.images().sets().size();
    try (Progress.Task task =
        Progress.standard().begin("sets of stimuli", (long) poolings.size() * sets)) {
      for (Pooling pooling : poolings) {
        for (int set = 0; set < sets; set++) {
          List<List<Representation>> layers =
              networks.layers(networks.aligned(group), networks.end(), set, pooling);
          LayerPairs pairs = new LayerPairs();
          for (int part : new int[] {0, 1, 2}) {
            List<List<Representation>> some = part == 0 ? layers : half(layers, part);
            addPairs(
                pairs,
                group,
                new Conditions(networks.end(), set, pooling, Control.NONE, part),
                some,
                some);
          }
          tables.add(pairs.align());
          task.advance(1);
        }
      }
    }
    return AlignmentTable.joined(tables);
  }

  /**
   * Every layer of one network with every layer of another, of this group and of all after it, and
   * the same with shuffled stimuli: what the greatest value of a row is by chance.
   */
  AlignmentTable maps(int group) {
    List<AlignmentTable> tables = new ArrayList<>();
    for (Pooling pooling : networks.poolings(group)) {
      List<List<Representation>> rows = networks.layers(group, networks.end(), 0, pooling);
      for (int other = group; other < networks.groups().size(); other++) {
        if (!networks.poolings(other).contains(pooling)) {
          continue;
        }
        List<List<Representation>> columns =
            other == group ? rows : networks.layers(other, networks.end(), 0, pooling);
        List<List<Representation>> shuffled = changed(columns, Control.SHUFFLED);
        LayerPairs pairs = new LayerPairs();
        for (int map = 0; map < maps(group, other); map++) {
          // Another seed, as the same one is the same network, or the same random numbers.
          int a = map % rows.size();
          int b = (map + 1) % columns.size();
          for (int row = 0; row < rows.get(a).size(); row++) {
            for (int column = 0; column < columns.get(b).size(); column++) {
              for (Control control : List.of(Control.NONE, Control.SHUFFLED)) {
                pairs.add(
                    new Conditions(networks.end(), 0, pooling, control, 0)
                        .of(networks.first(group) + a, networks.first(other) + b, row, column),
                    rows.get(a).get(row),
                    (control == Control.NONE ? columns : shuffled).get(b).get(column));
              }
            }
          }
        }
        tables.add(pairs.align());
      }
    }
    return AlignmentTable.joined(tables);
  }

  /** Pairs of networks of two groups whose layers are all compared; no network with itself. */
  private int maps(int group, int other) {
    int most = Math.max(networks.size(group), networks.size(other));
    return group == other && most == 1 ? 0 : Math.min(sizes.maps(), most);
  }

  private List<List<Representation>> half(List<List<Representation>> layers, int part) {
    int[] half = half(layers.get(0).get(0).stimuli(), part);
    return layers.stream()
        .map(of -> of.stream().map(layer -> layer.select(half)).toList())
        .toList();
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
    return IntStream.range(0, layers.size())
        .mapToObj(
            seed ->
                IntStream.range(0, layers.get(seed).size())
                    .mapToObj(
                        layer -> {
                          Representation x = layers.get(seed).get(layer);
                          Seeds random = seeds.child(x.id());
                          return control == Control.ROTATED
                              ? Controls.rotated(x, random)
                              : Controls.shuffled(x, random);
                        })
                    .toList())
        .toList();
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
