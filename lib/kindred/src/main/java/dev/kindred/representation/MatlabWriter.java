package dev.kindred.representation;

import dev.kindred.base.InputException;
import dev.kindred.base.array.ElementType;
import java.io.IOException;
import java.nio.file.Path;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Cell;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sink;
import us.hebi.matlab.mat.types.Sinks;

/**
 * Writes MATLAB files of version 5: the matrix {@code features}, and the cell array {@code
 * stimulus_ids} where they are known.
 */
final class MatlabWriter {
  private static final long MAX_BYTES = 1L << 31;

  private MatlabWriter() {}

  static void mat(Representation x, Path file) throws IOException {
    if (x.bytes() >= MAX_BYTES) {
      throw new InputException(
          file + ": a MATLAB file of version 5 ends at 2 GB, found " + x.bytes() + " bytes");
    }
    MatlabType type = x.precision() == ElementType.FLOAT32 ? MatlabType.Single : MatlabType.Double;
    Matrix matrix = Mat5.newMatrix(x.stimuli(), x.units(), type);
    for (int i = 0; i < x.stimuli(); i++) {
      double[] row = x.row(i);
      for (int j = 0; j < row.length; j++) {
        matrix.setDouble(i, j, row[j]);
      }
    }
    try (MatFile mat = Mat5.newMatFile().addArray("features", matrix)) {
      if (x.stimulusIds().isPresent()) {
        Cell names = Mat5.newCell(x.stimuli(), 1);
        for (int i = 0; i < x.stimuli(); i++) {
          names.set(i, Mat5.newString(x.stimulusIds().get().get(i)));
        }
        mat.addArray(StimulusIds.ENTRY, names);
      }
      try (Sink sink = Sinks.newStreamingFile(file.toFile())) {
        mat.writeTo(sink);
      }
    }
  }
}
