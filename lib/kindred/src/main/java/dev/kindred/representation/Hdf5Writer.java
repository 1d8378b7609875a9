package dev.kindred.representation;

import dev.kindred.base.InputException;
import dev.kindred.base.array.ElementType;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;

/** Writes HDF5: the data set {@code features}, and {@code stimulus_ids} where they are known. */
final class Hdf5Writer {
  /** jHDF writes from arrays in memory, so more than this is for .npy. */
  private static final long MAX_BYTES = 1L << 31;

  private Hdf5Writer() {}

  static void h5(Representation x, Path file) throws IOException {
    if (x.bytes() >= MAX_BYTES) {
      throw new InputException(file + ": expected less than 2 GB for .h5, found " + x.bytes());
    }
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putDataset("features", x.precision() == ElementType.FLOAT32 ? floats(x) : doubles(x));
      x.stimulusIds()
          .ifPresent(ids -> hdf.putDataset(StimulusIds.ENTRY, ids.toArray(new String[0])));
    }
  }

  private static float[][] floats(Representation x) {
    float[][] rows = new float[x.stimuli()][x.units()];
    for (int i = 0; i < rows.length; i++) {
      x.read(i, i + 1, FloatBuffer.wrap(rows[i]));
    }
    return rows;
  }

  private static double[][] doubles(Representation x) {
    double[][] rows = new double[x.stimuli()][x.units()];
    for (int i = 0; i < rows.length; i++) {
      x.read(i, i + 1, DoubleBuffer.wrap(rows[i]));
    }
    return rows;
  }
}
