package dev.kindred.representation;

import dev.kindred.base.Progress;
import dev.kindred.base.array.ElementType;
import dev.kindred.base.array.NpyEncoder;
import dev.kindred.base.array.NpzWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes .npy and .npz: little-endian, C order. */
final class NumpyWriter {
  private static final int CHUNK_BYTES = 1 << 18;

  private NumpyWriter() {}

  static void npy(Representation x, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      writeMatrix(x, out);
    }
  }

  static void npz(Representation x, Path file) throws IOException {
    try (NpzWriter npz = new NpzWriter(Files.newOutputStream(file))) {
      writeMatrix(x, npz.begin("features"));
      if (x.stimulusIds().isPresent()) {
        writeTexts(x.stimulusIds().get(), npz.begin(StimulusIds.ENTRY));
      }
    }
  }

  private static void writeMatrix(Representation x, OutputStream out) throws IOException {
    out.write(
        NpyEncoder.header(
            x.precision() == ElementType.FLOAT32 ? "<f4" : "<f8", x.stimuli(), x.units()));
    littleEndian(x, out);
  }

  /** The numbers, row by row, as little-endian float32 or float64. */
  static void littleEndian(Representation x, OutputStream out) throws IOException {
    int rowBytes = Math.max(1, x.units() * x.precision().bytes());
    int rows = Math.max(1, CHUNK_BYTES / rowBytes);
    byte[] bytes = new byte[rowBytes * Math.min(rows, Math.max(1, x.stimuli()))];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < x.stimuli(); row += rows) {
      Progress.checkCancelled();
      int end = Math.min(x.stimuli(), row + rows);
      if (x.precision() == ElementType.FLOAT32) {
        x.read(row, end, buffer.asFloatBuffer());
      } else {
        x.read(row, end, buffer.asDoubleBuffer());
      }
      out.write(bytes, 0, (end - row) * x.units() * x.precision().bytes());
    }
  }

  private static void writeTexts(List<String> texts, OutputStream out) throws IOException {
    int width = texts.stream().mapToInt(t -> t.codePointCount(0, t.length())).max().orElse(0);
    width = Math.max(1, width);
    out.write(NpyEncoder.header("<U" + width, texts.size()));
    for (String text : texts) {
      ByteBuffer item = ByteBuffer.allocate(4 * width).order(ByteOrder.LITTLE_ENDIAN);
      text.codePoints().forEach(item::putInt);
      out.write(item.array());
    }
  }
}
