package dev.kindred.benchmark.jmh;

import dev.kindred.base.matrix.Panel;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One tile of a Gram matrix in float32 on one thread: what side keeps the matrix unit busy? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TileBenchmark {
  @Param({"256", "512", "1024"})
  public int side;

  @Param({"384", "1024", "4096"})
  public int units;

  private Panel rows;
  private Panel columns;
  private Panel tile;

  @Setup
  public void allocate() {
    rows = filled();
    columns = filled();
    tile = new Panel(true, (long) side * side);
  }

  @TearDown
  public void free() {
    rows.close();
    columns.close();
    tile.close();
  }

  @Benchmark
  public Panel belowTheDiagonal() {
    Panel.multiply(
        rows.block(0, units), columns.block(0, units), side, side, units, 0, tile.block(0, side));
    return tile;
  }

  @Benchmark
  public Panel onTheDiagonal() {
    Panel.square(rows.block(0, units), side, units, 0, tile.block(0, side));
    return tile;
  }

  private Panel filled() {
    Panel panel = new Panel(true, (long) side * units);
    double[] values = new double[units];
    for (int j = 0; j < units; j++) {
      values[j] = j * 0.618034 % 1 - 0.5;
    }
    for (int i = 0; i < side; i++) {
      panel.write((long) i * units, values, units);
    }
    return panel;
  }
}
