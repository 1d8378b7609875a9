package dev.kindred.network.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import dev.kindred.network.tensor.Torch;
import java.util.LinkedHashMap;
import java.util.Map;

/** A run of DINO: the teacher and the centre of its scores. */
final class SelfDistillation extends Teacher.Led {
  private final SelfSupervised.Dino settings;
  private final Block projector;
  private final Block prototypes;
  private final NDArray centre;
  private NDArray teacherScores;

  SelfDistillation(
      SelfSupervised.Dino settings, Block projector, Block prototypes, NDManager owner) {
    super(settings.momentum());
    this.settings = settings;
    this.projector = projector;
    this.prototypes = prototypes;
    this.centre = owner.zeros(new Shape(1, settings.prototypes()));
  }

  @Override
  public Map<String, Block> heads() {
    Map<String, Block> heads = new LinkedHashMap<>();
    heads.put("projector", projector);
    heads.put("prototypes", prototypes);
    return heads;
  }

  @Override
  public NDArray loss(Step step) {
    NDArray a = step.view("a", settings.augmentation());
    NDArray b = step.view("b", settings.augmentation());
    NDArray code = step.run(projector, step.features(a.concat(b, 0)));
    NDArray scores =
        Torch.times(
            step.run(prototypes, Losses.unitRows(code)),
            1 / SelfSupervised.Dino.STUDENT_TEMPERATURE);
    NDArray target;
    try (Torch.Scope plain = Torch.withoutGradients()) {
      NDArray codes = teacher().code(step, projector, b.concat(a, 0));
      teacherScores = teacher().run(step, prototypes, Losses.unitRows(codes));
      target =
          teacherScores
              .sub(centre)
              .mul((float) (1 / SelfSupervised.Dino.TEACHER_TEMPERATURE))
              .softmax(1);
    }
    return Losses.crossEntropy(scores, target);
  }

  @Override
  public void afterUpdate(Step step) {
    super.afterUpdate(step);
    float kept = SelfSupervised.Dino.CENTRE_KEPT;
    NDArray mean = teacherScores.mean(new int[] {0}, true).mul(1 - kept);
    centre.muli(kept).addi(mean);
    teacherScores = null;
  }

  @Override
  public Map<String, float[]> state() {
    Map<String, float[]> state = new LinkedHashMap<>(super.state());
    state.put("centre", centre.toFloatArray());
    return state;
  }

  @Override
  public void restore(Map<String, float[]> state) {
    super.restore(state);
    try (NDManager scratch = centre.getManager().newSubManager()) {
      scratch.create(state.get("centre"), new Shape(1, settings.prototypes())).copyTo(centre);
    }
  }
}
