package dev.kindred.kernel;

import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.JupyterIO;

/**
 * The base library's channel for displays, left open after a cell has ended: what its threads
 * display later appears below it, until the next cell runs.
 */
final class CellIo extends JupyterIO {
  void attach(ShellReplyEnvironment environment) {
    setEnv(environment);
  }
}
