package dev.kindred.benchmark.jmh;

import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.measure.AllPairs;
import dev.kindred.measure.Measure;
import dev.kindred.measure.Measures;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
import org.openjdk.jmh.annotations.Warmup;

/** Preparation, comparison, and the matrix of eight models, for measures of every family. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 4, time = 1)
public class MeasureBenchmark {
  @Param({
    "cka",
    "cka[kernel=rbf]",
    "rsa",
    "distance-correlation",
    "bures",
    "procrustes",
    "cca",
    "linear-regression",
    "mutual-knn",
    "soft-matching"
  })
  public String specification;

  @Param("1000")
  public int stimuli;

  @Param("256")
  public int units;

  private Measure measure;
  private List<Representation> models;
  private Prepared first;
  private Prepared second;

  @Setup
  public void make() {
    measure = Measures.parse(specification);
    models = IntStream.range(0, 8).mapToObj(this::model).toList();
    first = measure.prepare(models.get(0));
    second = measure.prepare(models.get(1));
  }

  @Benchmark
  public Prepared prepare() {
    return measure.prepare(models.get(0));
  }

  @Benchmark
  public double compare() {
    return measure.compare(first, second);
  }

  @Benchmark
  public double matrix() {
    return new AllPairs(measure).progress(Progress.NONE).matrix(models).get(0, 1);
  }

  private Representation model(int number) {
    SplittableRandom random = new Seeds(number).stream("model");
    float[] values = new float[stimuli * units];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return Representation.of("model " + number, stimuli, units, values);
  }
}
