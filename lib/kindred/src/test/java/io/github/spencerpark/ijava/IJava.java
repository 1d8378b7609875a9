package io.github.spencerpark.ijava;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.ArrayList;
import java.util.List;

/** Stands in for IJava 1.3.0, on its own base library: keeps what it is asked to display. */
public final class IJava extends BaseKernel {
  public static IJava running;

  public final List<DisplayData> displayed = new ArrayList<>();

  /** As IJava's: null where no kernel runs. */
  public static IJava getKernelInstance() {
    return running;
  }

  @Override
  public void display(DisplayData data) {
    displayed.add(data);
  }

  @Override
  public DisplayData eval(String code) {
    throw new UnsupportedOperationException();
  }

  @Override
  public LanguageInfo getLanguageInfo() {
    throw new UnsupportedOperationException();
  }
}
