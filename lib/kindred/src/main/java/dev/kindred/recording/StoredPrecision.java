package dev.kindred.recording;

import dev.kindred.base.array.Half;
import java.nio.ByteBuffer;

/** Type of the numbers that a recording keeps. */
public enum StoredPrecision {
  /** IEEE binary32. */
  FLOAT32(4),
  /** IEEE binary16: half the size; the similarities of unit vectors err by less than 1e-3. */
  FLOAT16(2);

  private final int bytes;

  StoredPrecision(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one number. */
  public int bytes() {
    return bytes;
  }

  /** Appends numbers. */
  void write(float[] values, ByteBuffer target) {
    if (this == FLOAT32) {
      target.asFloatBuffer().put(values);
    } else {
      short[] halves = new short[values.length];
      for (int i = 0; i < halves.length; i++) {
        halves[i] = Half.fromFloat(values[i]);
      }
      target.asShortBuffer().put(halves);
    }
    target.position(target.position() + values.length * bytes);
  }

  void read(ByteBuffer source, float[] values, int count) {
    if (this == FLOAT32) {
      source.asFloatBuffer().get(values, 0, count);
    } else {
      short[] halves = new short[count];
      source.asShortBuffer().get(halves);
      for (int i = 0; i < count; i++) {
        values[i] = Half.toFloat(halves[i]);
      }
    }
  }
}
