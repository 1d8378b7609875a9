package dev.kindred.network.training;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import dev.kindred.network.tensor.Torch;
import dev.kindred.network.tensor.Weights;
import java.util.LinkedHashMap;
import java.util.Map;

/** Weights that follow those of a student slowly, after every step. */
final class Teacher {
  private final Weights weights;
  private final float momentum;

  Teacher(Weights student, double momentum) {
    this.weights = student.copy();
    this.momentum = (float) momentum;
  }

  /** The code of normalised images, for which no gradient is taken. */
  NDArray code(Step step, Block projector, NDArray images) {
    try (Torch.Scope plain = Torch.withoutGradients()) {
      ParameterStore store = weights.store(step.manager());
      NDArray features = Step.run(step.network().encoder(), store, images);
      return Step.run(projector, store, features);
    }
  }

  /** The output of a block under the teacher's weights, without gradients. */
  NDArray run(Step step, Block block, NDArray input) {
    try (Torch.Scope plain = Torch.withoutGradients()) {
      return Step.run(block, weights.store(step.manager()), input);
    }
  }

  void follow(Weights student) {
    try (NDArray part = student.learnt().mul(1 - momentum)) {
      weights.learnt().muli(momentum).addi(part);
    }
  }

  Map<String, float[]> state() {
    Map<String, float[]> state = new LinkedHashMap<>();
    state.put("teacher", weights.learntValues());
    state.put("teacher buffers", weights.bufferValues());
    return state;
  }

  void restore(Map<String, float[]> state) {
    try (Torch.Scope plain = Torch.withoutGradients();
        Weights saved =
            Weights.of(weights.layout(), state.get("teacher"), state.get("teacher buffers"))) {
      saved.learnt().copyTo(weights.learnt());
      if (weights.layout().buffers() > 0) {
        saved.buffers().copyTo(weights.buffers());
      }
    }
  }

  void close() {
    weights.close();
  }

  /** A run with a teacher. */
  abstract static class Led implements Learning {
    private final double momentum;
    private Teacher teacher;

    Led(double momentum) {
      this.momentum = momentum;
    }

    Teacher teacher() {
      return teacher;
    }

    @Override
    public void start(Weights weights) {
      teacher = new Teacher(weights, momentum);
    }

    @Override
    public void afterUpdate(Step step) {
      teacher.follow(step.weights());
    }

    @Override
    public Map<String, float[]> state() {
      return teacher.state();
    }

    @Override
    public void restore(Map<String, float[]> state) {
      teacher.restore(state);
    }

    @Override
    public void close() {
      if (teacher != null) {
        teacher.close();
      }
    }
  }
}
