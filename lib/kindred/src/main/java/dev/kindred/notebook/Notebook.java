package dev.kindred.notebook;

import dev.kindred.network.tensor.TorchDevice;

/** What a notebook calls first, and what it can call where its kernel has no {@code display}. */
public final class Notebook {
  private Notebook() {}

  /**
   * Makes the library's types and its progress appear in the notebook, whichever kernel runs it,
   * and gives the notebook's parameters. Belongs into the cell tagged {@code parameters}.
   *
   * @throws dev.kindred.base.InputException if {@code KINDRED_PROFILE} is no profile
   */
  public static Parameters begin() {
    Kernels.install();
    TorchDevice.require();
    return new Parameters(System::getenv);
  }

  /**
   * Shows a value; for plain Java and JShell, where pictures are written to files. In a notebook
   * the kernel's own {@code display} does the same.
   */
  public static void display(Object value) {
    FrontEnd frontEnd = Kernels.current();
    Rendering rendering =
        Renderers.of(value)
            .map(renderer -> renderer.render(value, frontEnd))
            .orElseGet(() -> Rendering.text(String.valueOf(value)));
    frontEnd.show(rendering, null);
  }
}
