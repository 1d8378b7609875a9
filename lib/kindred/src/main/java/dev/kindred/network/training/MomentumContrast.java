package dev.kindred.network.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import dev.kindred.base.Seeds;
import dev.kindred.network.tensor.Torch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** A run of MoCo: the teacher and the queue of its earlier codes. */
final class MomentumContrast extends Teacher.Led {
  private final SelfSupervised.MoCo settings;
  private final Block projector;
  private final NDArray queue;
  private int oldest;
  private NDArray newest;

  MomentumContrast(SelfSupervised.MoCo settings, Block projector, Seeds seeds, NDManager owner) {
    super(settings.momentum());
    this.settings = settings;
    this.projector = projector;
    float[] random = new float[settings.queue() * settings.width()];
    SplittableRandom source = seeds.stream("queue");
    for (int i = 0; i < random.length; i++) {
      random[i] = (float) source.nextGaussian();
    }
    NDArray rows = Torch.tensor(owner, random, settings.queue(), settings.width());
    this.queue = Losses.unitRows(rows);
    rows.close();
  }

  @Override
  public Map<String, Block> heads() {
    return Map.of("projector", projector);
  }

  @Override
  public NDArray loss(Step step) {
    NDArray query =
        Losses.unitRows(
            step.run(projector, step.features(step.view("a", settings.augmentation()))));
    NDArray key =
        Losses.unitRows(teacher().code(step, projector, step.view("b", settings.augmentation())));
    newest = key;
    NDArray own = query.mul(key).sum(new int[] {1}, true);
    NDArray earlier = queue.transpose();
    earlier.attach(step.manager());
    NDArray others = query.matMul(earlier);
    NDArray scores = Torch.times(own.concat(others, 1), 1 / settings.temperature());
    return Losses.crossEntropy(scores, new int[step.size()]);
  }

  @Override
  public void afterUpdate(Step step) {
    super.afterUpdate(step);
    int free = Math.min(step.size(), settings.queue() - oldest);
    queue.set(
        new ai.djl.ndarray.index.NDIndex(oldest + ":" + (oldest + free)), newest.get(":" + free));
    oldest = (oldest + free) % settings.queue();
    newest = null;
  }

  @Override
  public Map<String, float[]> state() {
    Map<String, float[]> state = new LinkedHashMap<>(super.state());
    state.put("queue", queue.toFloatArray());
    state.put("oldest in queue", new float[] {oldest});
    return state;
  }

  @Override
  public void restore(Map<String, float[]> state) {
    super.restore(state);
    try (NDManager scratch = queue.getManager().newSubManager()) {
      scratch
          .create(state.get("queue"), new Shape(settings.queue(), settings.width()))
          .copyTo(queue);
    }
    oldest = (int) state.get("oldest in queue")[0];
  }
}
