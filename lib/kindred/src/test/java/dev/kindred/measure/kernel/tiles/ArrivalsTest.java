package dev.kindred.measure.kernel.tiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.Progress;
import dev.kindred.measure.AllPairs;
import dev.kindred.measure.Checkpoint;
import dev.kindred.measure.Measures;
import dev.kindred.measure.Run;
import dev.kindred.representation.ReadOptions;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Representations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ArrivalsTest {
  @TempDir Path folder;

  /** The last model comes only after pieces of the first two have been done. */
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void workBeginsBeforeTheLastModelIsThere() {
    int models = 4;
    CountDownLatch firstTwo = new CountDownLatch(3);
    List<String> done = Collections.synchronizedList(new ArrayList<>());
    Arrivals arrivals =
        new Arrivals(
            models,
            m -> m < 2 || firstTwo.getCount() == 0,
            m -> {
              if (m >= 2) {
                await(firstTwo);
              }
              done.add("model " + m);
            });
    arrivals.run(
        new FeatureProducts.Pairs(
            models,
            (a, b) -> {
              done.add(a + " with " + b);
              firstTwo.countDown();
            }));
    assertThat(done).hasSize(models + models * (models + 1) / 2).doesNotHaveDuplicates();
    assertThat(done.subList(0, 5))
        .containsExactlyInAnyOrder("model 0", "model 1", "0 with 0", "1 with 0", "1 with 1");
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void aModelThatFailsEndsTheWork() {
    Arrivals arrivals =
        new Arrivals(
            3,
            m -> true,
            m -> {
              if (m == 1) {
                throw new IllegalStateException("model 1");
              }
            });
    assertThatThrownBy(() -> arrivals.run(new FeatureProducts.Pairs(3, (a, b) -> {})))
        .hasMessage("model 1");
  }

  /** Tiles, tiles that were begun without the last models, strips, and features: the same bits. */
  @Test
  void valuesAreTheSameBitsWhateverWasThereFirst() {
    int n = 1300;
    for (int units : List.of(40, 900)) {
      List<Representation> here = models(3, n, units);
      List<Path> files = new ArrayList<>();
      for (Representation x : here) {
        Path file = folder.resolve(x.id() + ".npy");
        Representations.write(x, file);
        files.add(file);
      }
      for (String measure : List.of("cka", "cka[kernel=rbf,sigma=median]", "rsa")) {
        for (long budget : new long[] {1L << 32, 1L << 22}) {
          List<Representation> arriving =
              Representations.readAll(files, file -> ReadOptions.defaults());
          assertThat(values(measure, arriving, budget))
              .as("%s, %d units, %d bytes", measure, units, budget)
              .isDeepEqualTo(values(measure, here, budget));
        }
      }
    }
  }

  /** The last model is there only when all tiles have been filled with the first two. */
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void tilesBeginWithTheFirstModels() {
    int n = 1200;
    List<TreatedFeatures> features =
        models(3, n, 32).stream()
            .map(x -> new TreatedFeatures(x, 0, 0, n, PairKernel.Rows.RAW, true, true))
            .toList();
    PairKernel kernel = PairKernel.of(PairKernel.Form.INNER, PairKernel.Rows.RAW);
    List<KernelTiles> kernels =
        features.stream().map(f -> new KernelTiles(kernel, f, true)).toList();
    TilePlan plan = TilePlan.of(features, n, true, 1L << 30);
    assertThat(plan.open()).isGreaterThanOrEqualTo(plan.tiles());
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger before = new AtomicInteger();
    Arrivals arrivals =
        new Arrivals(
            3,
            m -> m < 2 || asked.incrementAndGet() < 0,
            m -> {
              if (m == 2) {
                before.set(asked.get());
              }
              features.get(m).read().cache();
            });
    try (TiledProducts products = new TiledProducts(kernels, arrivals, n, plan, true)) {
      products.sums(Checkpoint.of(Run.quiet(), "", List.of()), Progress.NONE.begin("", 0));
    }
    // it is asked for before every piece of work
    assertThat(before.get()).isGreaterThan(plan.tiles());
    features.forEach(TreatedFeatures::close);
  }

  private static double[][] values(String measure, List<Representation> models, long budget) {
    return new AllPairs(Measures.parse(measure))
        .budget(budget)
        .progress(Progress.NONE)
        .matrix(models)
        .values();
  }

  private static List<Representation> models(int count, int n, int units) {
    return IntStream.range(0, count)
        .mapToObj(
            m -> {
              SplittableRandom random = new SplittableRandom(m);
              float[] values = new float[n * (units + m)];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(-1, 1);
              }
              return Representation.of("model" + m, n, units + m, values);
            })
        .toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
