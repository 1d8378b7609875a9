package dev.kindred.representation;

import java.util.Locale;

/** Which axis of an array of responses holds the channels. */
public enum ChannelAxis {
  /** After the stimuli: NCHW, NCL; PyTorch's convolutions. */
  FIRST,
  /** The last: NHWC, stimuli × tokens × channels; TensorFlow, transformers. */
  LAST;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
