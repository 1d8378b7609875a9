package dev.kindred.network.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.network.Classification;
import dev.kindred.network.Network;
import dev.kindred.network.Pooling;
import dev.kindred.network.tensor.ParameterLayout;
import dev.kindred.network.tensor.Torch;
import dev.kindred.network.tensor.Weights;
import dev.kindred.representation.Representation;
import dev.kindred.stimuli.ImageSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * Trains one network as a {@link TrainingPlan} says.
 *
 * <p>Every random number of a batch comes from the seed, the epoch and the batch's number, so a run
 * that stops anywhere and goes on ends in the same weights, bit for bit, as one that does not, on
 * the same machine with the same number of threads. {@link #train} can be interrupted; it stops
 * within a batch, {@link #network} gives what was learned, and another call goes on from there.
 * With a {@link #checkpoint} file the same holds across a killed process, from the last epoch that
 * was written.
 */
public final class Trainer implements AutoCloseable {
  private final TrainingPlan plan;
  private final ImageSet images;
  private final Seeds seeds;
  private final NDManager owner;
  private final Network template;
  private final Weights weights;
  private final Learning learning;
  private final List<NDArray> optimizerState = new ArrayList<>();
  private final List<EpochListener> listeners = new ArrayList<>();
  private final Provenance provenance;

  private ImageSet test;
  private Path checkpoint;
  private int checkpointEvery = 1;
  private Augmentation seen = Augmentation.NONE;
  private IntPredicate evaluated = any -> true;
  private int threads = Runtime.getRuntime().availableProcessors();
  private Progress progress = Progress.standard();

  private int epoch;
  private int batch;
  private long step;
  private double lossSum;
  private int settledEpoch = -1;
  private boolean started;
  private LearningCurve curve = new LearningCurve(List.of());

  /**
   * @param plan what is trained, and how
   * @param images the training images; a classifier of as many classes as they have names is
   *     trained if the objective is supervised
   */
  public Trainer(TrainingPlan plan, ImageSet images) {
    if (images.size() < 1) {
      throw new InputException(plan.id() + ": " + images.name() + " has no images to train on");
    }
    this.plan = plan;
    this.images = images;
    this.seeds = new Seeds(plan.seed());
    this.owner = Torch.newManager();
    int classes =
        plan.objective().kind() == Objective.Kind.SUPERVISED ? images.classNames().size() : 0;
    this.provenance =
        Provenance.of("training", Map.of("plan", plan.toString()), images.provenance());
    this.template =
        Network.untrained(
            plan.id(),
            plan.architecture(),
            Network.InputShape.of(images),
            classes,
            seeds.child("weights"));
    this.learning = plan.objective().begin(template, images, seeds.child("objective"), owner);
    Map<String, Block> blocks = new LinkedHashMap<>(template.blocks());
    learning.heads().forEach((name, block) -> blocks.put("head " + name, block));
    this.weights = Weights.initial(ParameterLayout.of(blocks), seeds.child("weights"));
    for (int i = 0; i < plan.optimizer().stateVectors(); i++) {
      optimizerState.add(owner.zeros(new Shape(weights.layout().learnt())));
    }
  }

  /** Images whose error is measured at every evaluated epoch. */
  public Trainer testOn(ImageSet testImages) {
    this.test = testImages;
    return this;
  }

  /** A file that the run is written to, and taken up from if it is there. */
  public Trainer checkpoint(Path file) {
    this.checkpoint = file;
    return this;
  }

  /** Epochs between two writings of the checkpoint; 1 unless said otherwise. */
  public Trainer checkpointEvery(int epochs) {
    this.checkpointEvery = atLeastOne(epochs);
    return this;
  }

  /**
   * How images are changed before batch statistics are re-estimated on them; not at all unless said
   * otherwise. Give the objective's own, for errors of the network as it was trained.
   */
  public Trainer statisticsOf(Augmentation augmentation) {
    this.seen = augmentation;
    return this;
  }

  /** Epochs between two evaluations; 1 unless said otherwise. The last epoch always is one. */
  public Trainer evaluateEvery(int epochs) {
    int distance = atLeastOne(epochs);
    return evaluateAt(any -> any % distance == 0);
  }

  /** Epochs that are evaluated; all unless said otherwise. The last epoch always is one. */
  public Trainer evaluateAt(IntPredicate epochs) {
    this.evaluated = epochs;
    return this;
  }

  private static int atLeastOne(int epochs) {
    if (epochs < 1) {
      throw new InputException("expected at least 1 epoch between, found " + epochs);
    }
    return epochs;
  }

  /**
   * Threads of one tensor operation; all processors unless said otherwise. Sums are taken in
   * another order with another number, so weights agree to rounding only.
   */
  public Trainer threads(int count) {
    this.threads = atLeastOne(count);
    return this;
  }

  /** Adds somebody who is told of every epoch. */
  public Trainer onEpoch(EpochListener listener) {
    listeners.add(listener);
    return this;
  }

  public Trainer progress(Progress display) {
    this.progress = display;
    return this;
  }

  /** Shows nothing but tells somebody, after every step, how many epochs there have been. */
  public Trainer counting(IntConsumer epochs) {
    return progress(
        (label, total) ->
            new Progress.Task() {
              @Override
              public void advance(long steps) {
                Progress.checkCancelled();
                epochs.accept(epoch);
              }
            });
  }

  /** Whole visits of the training data so far. */
  public int epoch() {
    return epoch;
  }

  /** Loss and errors so far. */
  public LearningCurve curve() {
    return curve;
  }

  /** Steps of one epoch; a last batch that is not full is left out. */
  public int batchesPerEpoch() {
    return plan.batchesPerEpoch(images.size());
  }

  /**
   * Trains to the end of the plan, from wherever the run is.
   *
   * @return the trained network; the caller closes it
   * @throws dev.kindred.base.CancelledException if the thread is interrupted; the run stays as it
   *     is
   */
  public Network train() {
    long total = (long) plan.epochs() * batchesPerEpoch();
    try (Torch.Scope cores = Torch.threads(threads);
        Progress.Task task = progress.begin("training " + plan.id(), total)) {
      if (!started) {
        takeUp();
        started = true;
      }
      task.advance((long) epoch * batchesPerEpoch() + batch);
      settle(task);
      while (epoch < plan.epochs()) {
        trainEpoch(task);
        settle(task);
      }
    }
    return network();
  }

  /** A copy of the network at this moment, its batch statistics re-estimated. */
  public Network network() {
    ParameterLayout whole = template.weights().layout();
    String name = plan.id();
    Network copy =
        Network.of(
            name,
            plan.architecture(),
            template.input(),
            template.classes(),
            Arrays.copyOf(weights.learntValues(), Math.toIntExact(whole.learnt())),
            Arrays.copyOf(weights.bufferValues(), Math.toIntExact(whole.buffers())),
            Provenance.of("epoch", Map.of("epoch", epoch, "batch", batch), provenance));
    estimateStatistics(copy);
    return copy;
  }

  /**
   * Replaces the batch statistics of another network of this architecture by those that a network
   * of this run gets before it is evaluated.
   */
  public void estimateStatistics(Network other) {
    BatchStatistics.reestimate(
        other, images, plan.batch(), BatchStatistics.IMAGES, seen, seeds.child("statistics"));
  }

  /** Tensors that outlive a batch; their number does not grow with the run. */
  int heldTensors() {
    return owner.getManagedArrays().size()
        + weights.learnt().getManager().getManagedArrays().size();
  }

  private void takeUp() {
    learning.start(weights);
    TrainingCheckpoint.read(checkpoint == null ? Path.of("") : checkpoint, identity())
        .ifPresent(
            saved -> {
              restore(saved);
              learning.restore(saved.vectors());
            });
    weights.requireGradient();
  }

  /** The plan and the data; a checkpoint of anything else is refused. */
  private String identity() {
    return provenance.toString();
  }

  private void restore(TrainingCheckpoint saved) {
    Map<String, float[]> vectors = saved.vectors();
    try (NDManager scratch = owner.newSubManager();
        Torch.Scope plain = Torch.withoutGradients()) {
      copyInto(weights.learnt(), vectors.get("weights"), scratch);
      if (weights.layout().buffers() > 0) {
        copyInto(weights.buffers(), vectors.get("buffers"), scratch);
      }
      for (int i = 0; i < optimizerState.size(); i++) {
        copyInto(optimizerState.get(i), vectors.get("optimizer" + i), scratch);
      }
    }
    epoch = saved.epoch();
    settledEpoch = saved.epoch();
    step = saved.step();
    curve = saved.curve();
  }

  private static void copyInto(NDArray target, float[] values, NDManager scratch) {
    Torch.tensor(scratch, values, values.length).copyTo(target);
  }

  private void trainEpoch(Progress.Task task) {
    int batches = batchesPerEpoch();
    int size = Math.min(plan.batch(), images.size());
    Seeds ofEpoch = seeds.child("epoch " + epoch);
    int[] order = Shuffle.order(images.size(), ofEpoch.stream("order"));
    while (batch < batches) {
      int[] chosen = Arrays.copyOfRange(order, batch * size, batch * size + size);
      lossSum += trainBatch(chosen, ofEpoch.child("batch " + batch));
      batch++;
      task.advance(1);
      if (batch < batches) {
        tell(new Moment(epoch, batch));
      }
    }
    epoch++;
    batch = 0;
  }

  private void tell(Moment within) {
    List<EpochListener> interested =
        listeners.stream().filter(listener -> listener.wants(within)).toList();
    if (!interested.isEmpty()) {
      try (Network now = network()) {
        for (EpochListener listener : interested) {
          listener.moment(within, now);
        }
      }
    }
  }

  private double trainBatch(int[] chosen, Seeds ofBatch) {
    try (NDManager perBatch = owner.newSubManager()) {
      float loss;
      Step now;
      try (Torch.Scope gradients = Torch.withGradients()) {
        now = new Step(template, weights, images, chosen, ofBatch, perBatch);
        NDArray lossArray = learning.loss(now);
        loss = lossArray.getFloat();
        if (!Float.isFinite(loss)) {
          throw new InputException(
              plan.id()
                  + ": the loss is "
                  + loss
                  + " at epoch "
                  + epoch
                  + ", batch "
                  + batch
                  + "; a lower learning rate may help");
        }
        Torch.backward(lossArray);
      }
      try (Torch.Scope plain = Torch.withoutGradients()) {
        step++;
        NDArray gradient = Torch.gradient(weights.learnt(), perBatch);
        long steps = (long) plan.epochs() * batchesPerEpoch();
        plan.optimizer().step(weights.learnt(), gradient, optimizerState, step, steps);
        Torch.zeroGradient(weights.learnt());
        learning.afterUpdate(now);
      }
      return loss;
    }
  }

  /** Evaluates, tells the listeners and writes the checkpoint, once per epoch. */
  private void settle(Progress.Task task) {
    if (settledEpoch == epoch) {
      return;
    }
    boolean last = epoch == plan.epochs();
    boolean evaluates = evaluated.test(epoch) || last;
    LearningCurve next = curve;
    List<EpochListener> interested =
        listeners.stream().filter(listener -> listener.wants(epoch)).toList();
    if (evaluates || !interested.isEmpty()) {
      boolean classifies = template.classes() > 0;
      if (!interested.isEmpty() || (evaluates && classifies)) {
        try (Network now = network()) {
          if (evaluates) {
            next = next.with(evaluate(now));
          }
          for (EpochListener listener : interested) {
            listener.epoch(epoch, now);
          }
        }
      } else {
        next = next.with(new LearningCurve.Point(epoch, meanLoss(), Double.NaN, Double.NaN));
      }
    }
    curve = next;
    lossSum = 0;
    settledEpoch = epoch;
    curve
        .last()
        .ifPresent(
            point ->
                task.note(
                    "epoch "
                        + epoch
                        + shown(", loss %.3f", point.loss())
                        + shown(", test error %.1f %%", 100 * point.testError())));
    if (checkpoint != null && (epoch % checkpointEvery == 0 || last)) {
      snapshot().write(checkpoint);
    }
  }

  /** Epochs that are not evaluated have no errors, and the start has no loss. */
  private static String shown(String format, double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
  }

  private LearningCurve.Point evaluate(Network now) {
    double trainError = Double.NaN;
    double testError = Double.NaN;
    if (now.classes() > 0) {
      int[] labels = images.labels();
      for (int i = 0; i < labels.length; i++) {
        labels[i] = learning.label(i, labels[i]);
      }
      trainError = error(now, images, labels);
      if (test != null) {
        testError = error(now, test, test.labels());
      }
    }
    return new LearningCurve.Point(epoch, meanLoss(), trainError, testError);
  }

  private double meanLoss() {
    return epoch == 0 ? Double.NaN : lossSum / batchesPerEpoch();
  }

  private static double error(Network network, ImageSet shown, int[] labels) {
    Representation logits =
        network
            .represent(
                shown,
                List.of(Network.LOGITS),
                Pooling.POOLED,
                Network.DEFAULT_BATCH,
                Progress.NONE)
            .get(Network.LOGITS);
    int[] predicted = Classification.predict(logits);
    int wrong = 0;
    for (int i = 0; i < labels.length; i++) {
      if (predicted[i] != labels[i]) {
        wrong++;
      }
    }
    return (double) wrong / labels.length;
  }

  private TrainingCheckpoint snapshot() {
    Map<String, float[]> vectors = new LinkedHashMap<>();
    vectors.put("weights", weights.learntValues());
    vectors.put("buffers", weights.bufferValues());
    for (int i = 0; i < optimizerState.size(); i++) {
      vectors.put("optimizer" + i, optimizerState.get(i).toFloatArray());
    }
    vectors.putAll(learning.state());
    return new TrainingCheckpoint(identity(), epoch, step, curve, vectors);
  }

  @Override
  public void close() {
    learning.close();
    template.close();
    weights.close();
    owner.close();
  }
}
