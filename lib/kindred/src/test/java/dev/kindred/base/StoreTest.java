package dev.kindred.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  @TempDir Path root;

  private static StoreKey key(int seed) {
    return new StoreKey("sum", 1, Provenance.of("sum", Map.of("seed", seed)));
  }

  @Test
  void computesOnceAndServesAfterwards() throws IOException {
    AtomicInteger runs = new AtomicInteger();
    Store.Computation computation =
        folder -> {
          runs.incrementAndGet();
          Files.writeString(folder.resolve("value.txt"), "42");
        };
    Path first = Store.open(root).folder(key(1), computation);
    Path second = Store.open(root).folder(key(1), computation);
    assertThat(second).isEqualTo(first);
    assertThat(second.resolve("value.txt")).hasContent("42");
    assertThat(runs).hasValue(1);
  }

  @Test
  void everyPartOfTheKeyCounts() {
    StoreKey key = key(1);
    assertThat(key(2).hash()).isNotEqualTo(key.hash());
    assertThat(new StoreKey("sum", 2, key.recipe()).hash()).isNotEqualTo(key.hash());
    assertThat(new StoreKey("product", 1, key.recipe()).hash()).isNotEqualTo(key.hash());
    assertThatThrownBy(() -> new StoreKey("../up", 1, key.recipe()))
        .isInstanceOf(InputException.class);
  }

  @Test
  void aDamagedResultIsComputedAgainAndNeverServed() throws IOException {
    Store.Computation computation = folder -> Files.writeString(folder.resolve("v"), "right");
    Path folder = Store.open(root).folder(key(1), computation);
    Files.writeString(folder.resolve("v"), "wrong");
    assertThat(Store.open(root).contains(key(1))).isFalse();
    assertThat(Store.open(root).folder(key(1), computation).resolve("v")).hasContent("right");
    Files.delete(folder.resolve("v"));
    assertThat(Store.open(root).folder(key(1), computation).resolve("v")).hasContent("right");
    Files.writeString(folder.resolve("kindred-index.json"), "{ not json");
    assertThat(Store.open(root).folder(key(1), computation).resolve("v")).hasContent("right");
  }

  @Test
  void aFailedComputationLeavesNoResult() {
    Store store = Store.open(root);
    assertThatThrownBy(
            () ->
                store.folder(
                    key(1),
                    folder -> {
                      Files.writeString(folder.resolve("half"), "x");
                      throw new IOException("disk full");
                    }))
        .hasRootCauseMessage("disk full");
    assertThat(store.contains(key(1))).isFalse();
    assertThat(store.list())
        .singleElement()
        .extracting(StoreEntry::state)
        .isEqualTo(StoreEntry.State.UNFINISHED);
  }

  @Test
  void threadsThatWantTheSameResultComputeItOnce() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Path>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calls.add(
            () ->
                Store.open(root)
                    .folder(
                        key(3),
                        folder -> {
                          runs.incrementAndGet();
                          Files.writeString(folder.resolve("v"), "x");
                        }));
      }
      for (Future<Path> path : threads.invokeAll(calls)) {
        assertThat(path.get().resolve("v")).hasContent("x");
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(runs).hasValue(1);
  }

  @Test
  void anInterruptWhileWaitingCancels() throws Exception {
    Store store = Store.open(root);
    Thread waiting = Thread.currentThread();
    assertThatThrownBy(
            () ->
                store.folder(
                    key(4),
                    folder -> {
                      Thread other =
                          new Thread(
                              () -> {
                                Thread.currentThread().interrupt();
                                assertThatThrownBy(() -> store.folder(key(4), f -> {}))
                                    .isInstanceOf(CancelledException.class);
                                waiting.interrupt();
                              });
                      other.start();
                      try {
                        other.join();
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                      Progress.checkCancelled();
                    }))
        .isInstanceOf(CancelledException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void pruningRemovesWhatWasNotUsedSince() {
    Store store = Store.open(root);
    store.folder(key(1), folder -> Files.writeString(folder.resolve("v"), "x"));
    assertThat(store.prune(Instant.EPOCH, Long.MAX_VALUE, false).removed()).isEmpty();
    assertThat(store.list()).singleElement().satisfies(e -> assertThat(e.bytes()).isPositive());
    Instant later = Instant.now().plusSeconds(60);
    assertThat(store.prune(later, Long.MAX_VALUE, true).removed()).hasSize(1);
    assertThat(store.contains(key(1))).isTrue();
    assertThat(store.prune(later, Long.MAX_VALUE, false).removed()).hasSize(1);
    assertThat(store.list()).isEmpty();
    assertThat(store.contains(key(1))).isFalse();
  }

  @Test
  void pruningToASizeRemovesTheLeastRecentlyUsedFirst() throws IOException {
    Store store = Store.open(root);
    for (int i = 0; i < 4; i++) {
      Path made =
          store.folder(key(i), folder -> Files.writeString(folder.resolve("v"), "x".repeat(1000)));
      lastUsed(made, Instant.now().minusSeconds(100 - 10 * i));
    }
    store.folder(key(0), folder -> assertThat(false).as("found").isTrue()); // the latest use
    long each = store.list().get(0).bytes();
    StorePruning pruning = store.prune(Instant.EPOCH, 2 * each + each / 2, false);
    assertThat(pruning.removed()).hasSize(2);
    assertThat(pruning.inUse()).isEmpty();
    assertThat(store.contains(key(0))).isTrue();
    assertThat(store.contains(key(3))).isTrue();
  }

  private static void lastUsed(Path result, Instant when) throws IOException {
    try (java.util.stream.Stream<Path> files = Files.list(result)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.from(when));
      }
    }
  }

  /**
   * Kills a process that computes 40 numbers at 20 random moments; no finished number is computed
   * again.
   */
  @Test
  void aKilledRunGoesOnWhereItStopped() throws Exception {
    java.util.SplittableRandom random = new Seeds(7).stream("kills");
    for (int kill = 0; kill < 20; kill++) {
      Process process = StoreKillMain.start(root);
      boolean ended = process.waitFor(random.nextInt(150, 600), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      if (ended && process.exitValue() == 0) {
        break;
      }
    }
    Process last = StoreKillMain.start(root);
    assertThat(last.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(last.exitValue()).isZero();
    Path folder =
        Store.open(root.resolve("store"))
            .folder(StoreKillMain.KEY, f -> assertThat(false).as("finished").isTrue());
    for (int unit = 0; unit < StoreKillMain.UNITS; unit++) {
      assertThat(folder.resolve("unit-" + unit)).hasContent(StoreKillMain.value(unit));
    }
    List<String> log = Files.readAllLines(root.resolve("log"));
    assertThat(log)
        .doesNotHaveDuplicates()
        .hasSizeBetween(StoreKillMain.UNITS - 20, StoreKillMain.UNITS);
  }
}
