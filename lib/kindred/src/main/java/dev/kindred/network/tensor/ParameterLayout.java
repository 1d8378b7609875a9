package dev.kindred.network.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import dev.kindred.base.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Where each parameter of some blocks lies in one flat vector. Learnt parameters and buffers (the
 * running statistics of batch normalisation) have a vector each.
 *
 * <p>With all weights in one vector an optimiser step, a moving average of a teacher, a checkpoint
 * is one operation, whatever the number of layers; the gradient of the whole vector is what the
 * engine gives back for its split into parts.
 */
public final class ParameterLayout {
  private final List<Entry> learnt = new ArrayList<>();
  private final List<Entry> buffers = new ArrayList<>();

  /** A parameter: its name, unique in the layout, and the block's own object for it. */
  private record Entry(String name, Parameter parameter, Shape shape, long from) {}

  private ParameterLayout() {}

  /**
   * Initialises blocks for the shapes of their inputs.
   *
   * @param owner owner of the place holders that the blocks get in place of weights of their own;
   *     lives as long as the blocks
   */
  public static void initialize(Block block, NDManager owner, Shape... inputs) {
    // One number stands for the whole array: the blocks read their weights from a flat vector.
    block.setInitializer(
        (manager, shape, type) -> {
          NDArray zero = manager.zeros(new Shape(1), type);
          return zero.reshape(ones(shape)).broadcast(shape);
        },
        parameter -> true);
    block.initialize(owner, DataType.FLOAT32, inputs);
  }

  private static Shape ones(Shape shape) {
    long[] ones = new long[shape.dimension()];
    Arrays.fill(ones, 1);
    return new Shape(ones);
  }

  /** The layout of initialised blocks in the order given. */
  public static ParameterLayout of(Map<String, ? extends Block> blocks) {
    ParameterLayout layout = new ParameterLayout();
    blocks.forEach(
        (name, block) ->
            block
                .getParameters()
                .forEach(
                    pair -> {
                      Parameter parameter = pair.getValue();
                      List<Entry> list =
                          parameter.requiresGradient() ? layout.learnt : layout.buffers;
                      long from =
                          list.isEmpty()
                              ? 0
                              : list.get(list.size() - 1).from
                                  + list.get(list.size() - 1).shape.size();
                      list.add(
                          new Entry(
                              name + "." + pair.getKey(), parameter, parameter.getShape(), from));
                    }));
    return layout;
  }

  /** Number of learnt parameters. */
  public long learnt() {
    return length(learnt);
  }

  /** Number of values in buffers. */
  public long buffers() {
    return length(buffers);
  }

  private static long length(List<Entry> entries) {
    if (entries.isEmpty()) {
      return 0;
    }
    Entry last = entries.get(entries.size() - 1);
    return last.from + last.shape.size();
  }

  /** Names and shapes of the learnt parameters in their order in the vector. */
  public List<String> names() {
    return learnt.stream().map(entry -> entry.name + entry.shape).toList();
  }

  /**
   * Initial weights: convolutions normal with variance 2/fan-in (He et al. 2015), linear layers
   * uniform within ±1/√fan-in, positions and tokens normal with deviation 0.02, scales 1, offsets
   * 0. Every parameter has a stream of its own, so a head more or less leaves the others as they
   * are.
   */
  float[] initialLearnt(Seeds seeds) {
    float[] values = new float[Math.toIntExact(learnt())];
    for (Entry entry : learnt) {
      int from = (int) entry.from;
      int to = from + (int) entry.shape.size();
      SplittableRandom random = seeds.stream(entry.name);
      switch (entry.parameter.getType()) {
        case WEIGHT -> {
          double fanIn = (double) entry.shape.size() / entry.shape.get(0);
          boolean convolution = entry.shape.dimension() == 4;
          for (int i = from; i < to; i++) {
            values[i] =
                (float)
                    (convolution
                        ? random.nextGaussian() * Math.sqrt(2 / fanIn)
                        : (2 * random.nextDouble() - 1) / Math.sqrt(fanIn));
          }
        }
        case GAMMA -> Arrays.fill(values, from, to, 1f);
        case OTHER -> {
          for (int i = from; i < to; i++) {
            values[i] = (float) (random.nextGaussian() * 0.02);
          }
        }
        default -> Arrays.fill(values, from, to, 0f);
      }
    }
    return values;
  }

  float[] initialBuffers() {
    float[] values = new float[Math.toIntExact(buffers())];
    for (Entry entry : buffers) {
      if (entry.parameter.getType() == Parameter.Type.RUNNING_VAR) {
        Arrays.fill(values, (int) entry.from, (int) (entry.from + entry.shape.size()), 1f);
      }
    }
    return values;
  }

  /** Views of the parts of both vectors, by parameter, owned by {@code owner}. */
  Map<Parameter, NDArray> views(NDArray learntVector, NDArray bufferVector, NDManager owner) {
    Map<Parameter, NDArray> views = new IdentityHashMap<>();
    addViews(views, learnt, learntVector, owner);
    addViews(views, buffers, bufferVector, owner);
    return views;
  }

  private static void addViews(
      Map<Parameter, NDArray> views, List<Entry> entries, NDArray vector, NDManager owner) {
    if (entries.isEmpty()) {
      return;
    }
    long[] cuts = entries.stream().skip(1).mapToLong(Entry::from).toArray();
    NDList parts = entries.size() == 1 ? new NDList(vector) : vector.split(cuts);
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      NDArray part = parts.get(i);
      NDArray view = part.reshape(entry.shape);
      view.attach(owner);
      if (part != vector) {
        part.attach(owner);
      }
      views.put(entry.parameter, view);
    }
  }
}
