package dev.kindred.measure;

import dev.kindred.base.Provenance;
import dev.kindred.base.Store;
import dev.kindred.base.StoreKey;
import dev.kindred.representation.Representation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** The values of a matrix in a store, and their finished parts while it is computed. */
final class StoredMatrix {
  /** Raised when a measure's values change. */
  private static final int REVISION = 1;

  private static final String FILE = "values";

  private final Store store;
  private final StoreKey key;
  private final int rows;
  private final int columns;

  StoredMatrix(
      Store store, String specification, List<Representation> all, int[] rows, int[] columns) {
    this.store = store;
    this.rows = rows.length;
    this.columns = columns.length;
    this.key =
        new StoreKey(
            "matrix",
            REVISION,
            Provenance.of(
                "all pairs",
                Map.of(
                    "measure",
                    specification,
                    "representations",
                    Checkpoint.key(specification, all),
                    "rows",
                    Arrays.toString(rows),
                    "columns",
                    Arrays.toString(columns))));
  }

  /**
   * Reads the values, or computes and keeps them.
   *
   * @param computation from the folder of finished parts to the values
   */
  double[][] values(Function<Path, double[][]> computation) {
    Path done =
        store.folder(
            key,
            folder -> {
              double[][] values = computation.apply(folder);
              try (Stream<Path> parts = Files.list(folder)) {
                for (Path part : parts.toList()) {
                  Files.delete(part);
                }
              }
              Files.write(folder.resolve(FILE), bytes(values));
            });
    try {
      return values(ByteBuffer.wrap(Files.readAllBytes(done.resolve(FILE))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] bytes(double[][] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(rows * columns, Double.BYTES));
    for (double[] row : values) {
      for (double value : row) {
        bytes.putDouble(value);
      }
    }
    return bytes.array();
  }

  private double[][] values(ByteBuffer bytes) {
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      for (int j = 0; j < columns; j++) {
        row[j] = bytes.getDouble();
      }
    }
    return values;
  }
}
