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
import java.util.stream.IntStream;

/** What is aligned with what, for every figure of the study. */
final class LayerAlignments {
  static final List<Pooling> POOLINGS = List.of(Pooling.POOLED, Pooling.CENTRE_PIXEL);

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
    for (Pooling pooling : POOLINGS) {
      for (int moment : new int[] {0, networks.end()}) {
        List<List<Representation>> layers = networks.layers(group, moment, 0, pooling);
        LayerPairs pairs = new LayerPairs();
        addSeeds(pairs, group, moment, 0, pooling, 0, layers);
        for (Control control : List.of(Control.ROTATED, Control.SHUFFLED)) {
          List<List<Representation>> changed = changed(layers, control);
          eachTwo(
              (a, b) -> {
                for (int layer = 0; layer < layers.get(a).size(); layer++) {
                  pairs.add(
                      comparison(group, a, b, layer, moment, 0, pooling, control, 0),
                      layers.get(a).get(layer),
                      changed.get(b).get(layer));
                }
              });
        }
        tables.add(pairs.align());
      }
    }
    return AlignmentTable.joined(tables);
  }

  /** Between seeds at every moment of training. */
  AlignmentTable training(int group) {
    List<AlignmentTable> tables = new ArrayList<>();
    int moments = networks.moments().size();
    try (Progress.Task task =
        Progress.standard().begin("moments of training", (long) POOLINGS.size() * moments)) {
      for (Pooling pooling : POOLINGS) {
        for (int moment = 0; moment < moments; moment++) {
          LayerPairs pairs = new LayerPairs();
          addSeeds(pairs, group, moment, 0, pooling, 0, networks.layers(group, moment, 0, pooling));
          tables.add(pairs.align());
          task.advance(1);
        }
      }
    }
    return AlignmentTable.joined(tables);
  }

  /** Between seeds on every set of stimuli, and of pooled units on its halves. */
  AlignmentTable sets(int group) {
    List<AlignmentTable> tables = new ArrayList<>();
    int sets = networks.images().sets().size();
    try (Progress.Task task =
        Progress.standard().begin("sets of stimuli", (long) POOLINGS.size() * sets)) {
      for (Pooling pooling : POOLINGS) {
        for (int set = 0; set < sets; set++) {
          List<List<Representation>> layers = networks.layers(group, networks.end(), set, pooling);
          LayerPairs pairs = new LayerPairs();
          addSeeds(pairs, group, networks.end(), set, pooling, 0, layers);
          if (pooling == Pooling.POOLED) {
            for (int part : new int[] {1, 2}) {
              int[] half = half(layers.get(0).get(0).stimuli(), part);
              addSeeds(
                  pairs,
                  group,
                  networks.end(),
                  set,
                  pooling,
                  part,
                  layers.stream()
                      .map(of -> of.stream().map(layer -> layer.select(half)).toList())
                      .toList());
            }
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
    for (Pooling pooling : POOLINGS) {
      List<List<Representation>> rows = networks.layers(group, networks.end(), 0, pooling);
      for (int other = group; other < networks.groups().size(); other++) {
        List<List<Representation>> columns =
            other == group ? rows : networks.layers(other, networks.end(), 0, pooling);
        List<List<Representation>> shuffled = changed(columns, Control.SHUFFLED);
        LayerPairs pairs = new LayerPairs();
        for (int map = 0; map < sizes.maps(); map++) {
          // Another seed, as the same one is the same network, or the same random numbers.
          int a = map % sizes.seeds();
          int b = (map + 1) % sizes.seeds();
          for (int row = 0; row < rows.get(a).size(); row++) {
            for (int column = 0; column < columns.get(b).size(); column++) {
              for (Control control : List.of(Control.NONE, Control.SHUFFLED)) {
                pairs.add(
                    new Comparison(
                        group * sizes.seeds() + a,
                        other * sizes.seeds() + b,
                        row,
                        column,
                        networks.end(),
                        0,
                        pooling,
                        control,
                        0),
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

  private void addSeeds(
      LayerPairs pairs,
      int group,
      int moment,
      int set,
      Pooling pooling,
      int part,
      List<List<Representation>> layers) {
    eachTwo(
        (a, b) -> {
          for (int layer = 0; layer < layers.get(a).size(); layer++) {
            pairs.add(
                comparison(group, a, b, layer, moment, set, pooling, Control.NONE, part),
                layers.get(a).get(layer),
                layers.get(b).get(layer));
          }
        });
  }

  private Comparison comparison(
      int group,
      int a,
      int b,
      int layer,
      int moment,
      int set,
      Pooling pooling,
      Control control,
      int part) {
    int first = group * sizes.seeds();
    return new Comparison(first + a, first + b, layer, layer, moment, set, pooling, control, part);
  }

  /** Takes two seeds, the smaller first. */
  @FunctionalInterface
  private interface Two {
    void seeds(int a, int b);
  }

  private void eachTwo(Two two) {
    for (int a = 0; a < sizes.seeds(); a++) {
      for (int b = a + 1; b < sizes.seeds(); b++) {
        two.seeds(a, b);
      }
    }
  }
}
