package dev.kindred.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.base.array.ElementType;
import dev.kindred.measure.AllPairs;
import dev.kindred.measure.Measure;
import dev.kindred.measure.Measures;
import dev.kindred.measure.functional.Plane;
import dev.kindred.network.Network;
import dev.kindred.network.Pooling;
import dev.kindred.network.TestImages;
import dev.kindred.network.architecture.PlainCnn;
import dev.kindred.network.probe.FeatureScale;
import dev.kindred.network.probe.LinearProbe;
import dev.kindred.network.probe.ProbeTraining;
import dev.kindred.network.tensor.Torch;
import dev.kindred.network.training.Augmentation;
import dev.kindred.network.training.EpochListener;
import dev.kindred.network.training.Moment;
import dev.kindred.network.training.Optimizer;
import dev.kindred.network.training.Supervised;
import dev.kindred.network.training.Trainer;
import dev.kindred.network.training.TrainingPlan;
import dev.kindred.representation.Representation;
import dev.kindred.stimuli.ImageSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
  private static final ImageSet TRAIN = TestImages.bars(96, 16, 1, 1);
  private static final ImageSet TEST = TestImages.bars(96, 16, 1, 2);
  private static final List<String> LAYERS = List.of("conv1", "conv3", "logits");
  private static final ProbeImages PROBE = ProbeImages.balanced(TEST, 2, 24, new Seeds(4));

  private static Trainer trainer() {
    return new Trainer(
            new TrainingPlan(
                "bars",
                PlainCnn.plain(4),
                new Supervised(0, Augmentation.NONE),
                new Optimizer.Adam(3e-3),
                32,
                3,
                11),
            TRAIN)
        .threads(1)
        .progress(Progress.NONE);
  }

  private static Recorder recorder(Path folder, ElementType precision) {
    return new Recorder(folder, PROBE, LAYERS, EpochGrid.ALL, precision);
  }

  /** The recording gives what comparing the responses themselves gives. */
  @Test
  void similaritiesAreThoseOfTheResponses(@TempDir Path folder) {
    List<Representation> responses = new ArrayList<>();
    Map<Integer, Map<String, Representation>> others = new HashMap<>();
    Recorder single = recorder(folder.resolve("single"), ElementType.FLOAT32);
    Recorder half = recorder(folder.resolve("half"), ElementType.FLOAT16);
    try (Trainer trainer = trainer()) {
      trainer
          .onEpoch(single)
          .onEpoch(half)
          .onEpoch(
              (epoch, network) -> {
                responses.add(
                    network
                        .represent(PROBE.images(), "conv3", Pooling.FLATTENED)
                        .withId("epoch " + epoch));
                others.put(
                    epoch,
                    network.represent(
                        PROBE.images(),
                        List.of("conv1", "logits"),
                        Pooling.FLATTENED,
                        Network.DEFAULT_BATCH,
                        Progress.NONE));
              });
      trainer.train().close();
    }
    Measure cka = Measures.parse("cka[estimator=biased,batch=24,average=mean]");
    LabelledMatrix expected = new AllPairs(cka).matrix(responses);
    Recording recording = Recording.open(folder.resolve("single"));
    LabelledMatrix found = recording.similarity("conv3");
    LabelledMatrix halved = Recording.open(folder.resolve("half")).similarity("conv3");
    assertThat(recording.epochs()).containsExactly(0, 1, 2, 3);
    assertThat(found.rows()).containsExactly("0", "1", "2", "3");
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        assertThat(found.get(i, j)).isCloseTo(expected.get(i, j), within(1e-5));
        assertThat(halved.get(i, j)).isCloseTo(expected.get(i, j), within(1e-3));
      }
    }
    assertThat(found.get(0, 3)).isLessThan(0.999);
    LabelledMatrix between = recording.similarity("conv1", recording, "logits");
    assertThat(between.get(2, 1))
        .as("the first layer at epoch 2, the classifier at epoch 1")
        .isCloseTo(
            cka.compare(others.get(2).get("conv1"), others.get(1).get("logits")), within(1e-5));
    assertThat(between.get(2, 1)).isNotCloseTo(between.get(1, 2), within(1e-3));
    long planned = new RecordingSize(4, 3, 2, 24).whole(ElementType.FLOAT32);
    assertThat(planned).isEqualTo(4L * 3 * 2 * 300 * 4);
    assertThat(recording.bytes()).isBetween(planned, planned + 4 * 2000);
    assertThat(recording.seconds()).containsKeys("forward", "gram");
  }

  @Test
  void probesAndPlanesHaveAGridOfTheirOwn(@TempDir Path folder) {
    ProbePlan plan = ProbePlan.random(EpochGrid.every(3), TRAIN, TEST, 3, 5, new Seeds(8));
    Map<Integer, LinearProbe> probes = new HashMap<>();
    Map<Integer, Double> errors = new HashMap<>();
    try (Trainer trainer = trainer()) {
      trainer
          .onEpoch(recorder(folder, ElementType.FLOAT16).withProbes(plan, 1))
          .onEpoch(
              (epoch, network) -> {
                Representation train = network.represent(TRAIN, "conv3", Pooling.FLATTENED);
                LinearProbe probe = ProbeTraining.dynamics(train, TRAIN.labels(), 4, new Seeds(1));
                Representation test = network.represent(TEST, "conv3", Pooling.FLATTENED);
                probes.put(epoch, probe);
                errors.put(epoch, 1 - probe.accuracy(test, TEST.labels()));
              });
      trainer.train().close();
    }
    Recording recording = Recording.open(folder);
    assertThat(recording.probeEpochs()).containsExactly(0, 3);
    assertThat(recording.probeErrors("conv3")).containsOnlyKeys(0, 3);
    for (int epoch : new int[] {0, 3}) {
      assertThat(recording.probeErrors("conv3").get(epoch))
          .isCloseTo(errors.get(epoch), within(1e-9));
    }
    assertThat(errors.get(3)).as("another network, another error").isNotEqualTo(errors.get(0));
    assertThat(recording.labels("conv1", 3)).hasSize(75).doesNotContain(4, 5, 255);
    LabelledMatrix regions = recording.regionSimilarity("logits");
    assertThat(regions.rows()).containsExactly("0", "3");
    assertThat(regions.get(0, 0)).isEqualTo(1);
    int[] before = recording.labels("logits", 0);
    int[] after = recording.labels("logits", 3);
    int agreed = 0;
    for (int i = 0; i < 75; i++) {
      agreed += before[i] == after[i] ? 1 : 0;
    }
    assertThat(agreed).as("some points change their label, not all").isBetween(1, 74);
    assertThat(regions.get(0, 1)).isCloseTo(agreed / 75.0, within(1e-12));
    assertThat(recording.pointsPerPlane()).isEqualTo(25);
    assertThat(recording.seconds()).containsKeys("probes", "planes");
  }

  /** Neither the probes nor what they say depends on how much of the responses fits into memory. */
  @Test
  void probesAreTheSameWithinAnyBudgetOfMemory(@TempDir Path folder) throws IOException {
    ProbePlan plan = ProbePlan.random(EpochGrid.ALL, TRAIN, TEST, 2, 7, new Seeds(8));
    long conv3;
    try (Network network =
        Network.untrained(
            "net", PlainCnn.plain(4), Network.InputShape.of(TRAIN), 4, new Seeds(1))) {
      Representation last = network.represent(TRAIN, "conv3", Pooling.FLATTENED);
      conv3 = last.bytes();
      recorder(folder.resolve("memory"), ElementType.FLOAT16).withProbes(plan, 6).epoch(0, network);
      for (long budget : new long[] {0, conv3}) {
        recorder(folder.resolve("budget " + budget), ElementType.FLOAT16)
            .withProbes(plan, 6)
            .withProbeMemory(budget)
            .epoch(0, network);
      }
      LinearProbe probe = ProbeTraining.dynamics(last, TRAIN.labels(), 4, new Seeds(6));
      assertThat(Recording.open(folder.resolve("memory")).probeErrors("conv3").get(0))
          .isEqualTo(
              1
                  - probe.accuracy(
                      network.represent(TEST, "conv3", Pooling.FLATTENED), TEST.labels()));
    }
    Recording expected = Recording.open(folder.resolve("memory"));
    for (long budget : new long[] {0, conv3}) {
      Path place = folder.resolve("budget " + budget);
      Recording found = Recording.open(place);
      for (String layer : LAYERS) {
        assertThat(found.probeErrors(layer)).isEqualTo(expected.probeErrors(layer));
        assertThat(found.labels(layer, 0)).isEqualTo(expected.labels(layer, 0));
      }
      try (Stream<Path> files = Files.list(place)) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .containsExactlyInAnyOrder("epoch-000000.kindred", "recording.json");
      }
    }
  }

  /** Diagonals are those of the responses, and tell the mean of shuffled images. */
  @Test
  void diagonalsAreThoseOfCentredGramMatrices(@TempDir Path folder) {
    try (Network network =
        Network.untrained(
            "net", PlainCnn.plain(4), Network.InputShape.of(TRAIN), 4, new Seeds(1))) {
      recorder(folder, ElementType.FLOAT32).epoch(0, network);
      GramDiagonals found = Recording.open(folder).diagonals("conv3");
      Representation rows = network.represent(PROBE.images(), "conv3", Pooling.FLATTENED);
      for (int b = 0; b < 2; b++) {
        double[][] x = new double[24][];
        double[] mean = new double[rows.units()];
        for (int i = 0; i < 24; i++) {
          x[i] = rows.row(b * 24 + i);
          for (int u = 0; u < mean.length; u++) {
            mean[u] += x[i][u] / 24;
          }
        }
        double squares = 0;
        double trace = 0;
        double diagonal = 0;
        for (int i = 0; i < 24; i++) {
          for (int j = 0; j < 24; j++) {
            double inner = 0;
            for (int u = 0; u < mean.length; u++) {
              inner += (x[i][u] - mean[u]) * (x[j][u] - mean[u]);
            }
            squares += inner * inner;
            trace += i == j ? inner : 0;
            diagonal += i == j ? inner * inner : 0;
          }
        }
        assertThat(found.trace()[0][b]).isCloseTo(trace / Math.sqrt(squares), within(1e-4));
        assertThat(found.squares()[0][b]).isCloseTo(diagonal / squares, within(1e-4));
      }
    }
  }

  /** Wrong labels are learnt where they are given; a picture is a finer grid of the first plane. */
  @Test
  void probesLearnTheLabelsThatAreGiven(@TempDir Path folder) {
    int[] wrong = Arrays.stream(TRAIN.labels()).map(label -> (label + 1) % 4).toArray();
    ProbePlan plan =
        ProbePlan.random(EpochGrid.ALL, TRAIN, TEST, 2, 5, new Seeds(8))
            .withTraining(new ProbeTraining(30, 32, true, FeatureScale.STANDARD_UNITS), 5e-3);
    try (Network network =
        Network.untrained(
            "net", PlainCnn.plain(4), Network.InputShape.of(TRAIN), 4, new Seeds(1))) {
      recorder(folder.resolve("true"), ElementType.FLOAT32)
          .withProbes(plan.withPicture(9), 6)
          .epoch(0, network);
      recorder(folder.resolve("wrong"), ElementType.FLOAT32)
          .withProbes(plan.withLabels(wrong), 6)
          .epoch(0, network);
    }
    Recording right = Recording.open(folder.resolve("true"));
    Recording other = Recording.open(folder.resolve("wrong"));
    int[] labels = right.labels("conv3", 0);
    assertThat(Arrays.stream(labels).map(label -> (label + 1) % 4).toArray())
        .isEqualTo(other.labels("conv3", 0));
    assertThat(right.probeErrors("conv3").get(0)).isLessThan(0.5);
    assertThat(other.probeErrors("conv3").get(0)).isGreaterThan(0.5);
    int[] picture = right.picture("conv3", 0);
    assertThat(picture).hasSize(81);
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 5; j++) {
        assertThat(picture[18 * i + 2 * j]).isEqualTo(labels[5 * i + j]);
      }
    }
    assertThatThrownBy(() -> plan.withLabels(new int[3]))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected 96 labels, found 3");
  }

  /** Labels of the points are those that the probe gives to the responses to the points. */
  @Test
  void labelsOnPlanesAreThoseOfTheProbe(@TempDir Path folder) {
    ProbePlan plan = ProbePlan.random(EpochGrid.ALL, TRAIN, TEST, 2, 13, new Seeds(8));
    try (Network network =
            Network.untrained(
                "net", PlainCnn.plain(4), Network.InputShape.of(TRAIN), 4, new Seeds(1));
        NDManager manager = Torch.newManager()) {
      recorder(folder, ElementType.FLOAT16).withProbes(plan, 6).epoch(0, network);
      LinearProbe probe =
          ProbeTraining.dynamics(
              network.represent(TRAIN, "conv3", Pooling.FLATTENED),
              TRAIN.labels(),
              4,
              new Seeds(6));
      List<Integer> expected = new ArrayList<>();
      for (Plane plane : plan.planes()) {
        for (double[] point : plane.grid(13, ProbePlan.MARGIN)) {
          float[] pixels = new float[256];
          plane.point(point[0], point[1], pixels, 0);
          NDArray response =
              network
                  .responses(
                      network.weights().store(manager),
                      Network.normalize(Torch.tensor(manager, pixels, 1, 1, 16, 16)),
                      false)
                  .get("conv3");
          float[] row = response.toFloatArray();
          expected.add(probe.predict(Representation.of("point", 1, row.length, row))[0]);
        }
      }
      int[] labels = Recording.open(folder).labels("conv3", 0);
      assertThat(labels).hasSize(2 * 13 * 13);
      long same =
          IntStream.range(0, labels.length).filter(i -> labels[i] == expected.get(i)).count();
      assertThat(same).isGreaterThan(labels.length - 5L); // ties may fall either way
      assertThat(Arrays.stream(labels).distinct().count()).isGreaterThan(1);
    }
  }

  @Test
  void otherTypesAreNotRecorded(@TempDir Path folder) {
    assertThatThrownBy(() -> recorder(folder, ElementType.BFLOAT16))
        .isInstanceOf(InputException.class)
        .hasMessage("expected numbers to record as float32 or float16, found bfloat16");
  }

  @Test
  void aRecordedEpochIsNotRecordedAgainAndADamagedOneRefused(@TempDir Path folder)
      throws Exception {
    try (Network network =
        Network.untrained(
            "net", PlainCnn.plain(4), Network.InputShape.of(TRAIN), 4, new Seeds(1))) {
      Recorder recorder = recorder(folder, ElementType.FLOAT32);
      assertThat(recorder.wants(0)).isTrue();
      recorder.epoch(0, network);
      assertThat(recorder.wants(0)).isFalse();
      assertThat(Recording.open(folder).similarity("conv1").get(0, 0)).isCloseTo(1, within(1e-5));
      assertThatThrownBy(
              () ->
                  new Recorder(folder, PROBE, List.of("conv1"), EpochGrid.ALL, ElementType.FLOAT32)
                      .wants(0))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("holds another recording");
      Path file = folder.resolve("epoch-000000.kindred");
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length - 1] ^= 1;
      Files.write(file, bytes);
      assertThatThrownBy(() -> Recording.open(folder).similarity("logits"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("damaged: the checksum of gram logits");
    }
  }

  /** At ends of epochs and within one, with their Gram embeddings or without. */
  @Test
  void responsesAreThoseOfTheNetworkAtTheMoment(@TempDir Path folder) throws IOException {
    Map<Moment, Map<String, Representation>> expected = new HashMap<>();
    Set<Moment> moments = Set.of(new Moment(0, 2), new Moment(1, 0), new Moment(2, 0));
    try (Trainer trainer = trainer()) {
      trainer
          .onEpoch(
              new Recorder(folder, PROBE, LAYERS, EpochGrid.every(2), ElementType.FLOAT16)
                  .withResponses(moments::contains, Pooling.CENTRE_PIXEL)
                  .withProbeMemory(100)) // so that they lie in a file until all are there
          .onEpoch(
              new EpochListener() {
                @Override
                public boolean wants(Moment within) {
                  return moments.contains(within);
                }

                @Override
                public void moment(Moment within, Network network) {
                  expected.put(
                      within,
                      network.represent(
                          PROBE.images(), LAYERS, Pooling.CENTRE_PIXEL, 24, Progress.NONE));
                }

                @Override
                public void epoch(int epoch, Network network) {
                  moment(Moment.afterEpoch(epoch), network);
                }
              });
      trainer.train().close();
    }
    Recording recording = Recording.open(folder);
    assertThat(recording.epochs()).as("those with embeddings").containsExactly(0, 2);
    for (Moment moment : moments) {
      for (String layer : LAYERS) {
        Representation found = recording.responses(layer, moment);
        Representation right = expected.get(moment).get(layer);
        assertThat(found.id()).isEqualTo(layer + "@" + moment);
        assertThat(found.units()).isEqualTo(right.units());
        for (int i = 0; i < 48; i++) {
          assertThat(found.row(i)).containsExactly(right.row(i), within(1e-5));
        }
      }
    }
    assertThat(recording.responses("conv3", new Moment(0, 2)).row(5))
        .isNotEqualTo(recording.responses("conv3", new Moment(1, 0)).row(5));
    assertThatThrownBy(() -> recording.responses("conv3", new Moment(3, 0)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no responses of conv3 at epoch 3: expected ");
    Path file = folder.resolve("responses/conv3/epoch-0-batch-2.npy");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 500));
    assertThatThrownBy(() -> recording.responses("conv3", new Moment(0, 2)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file.toString());
  }

  /** Between the epochs that are recorded; the share of the recorder counts it. */
  @Test
  void theTimeOfMomentsWithinAnEpochIsToldWithTheNext(@TempDir Path folder) {
    try (Trainer trainer = trainer()) {
      trainer.onEpoch(
          recorder(folder, ElementType.FLOAT16)
              .withResponses(new Moment(1, 1)::equals, Pooling.POOLED));
      trainer.train().close();
    }
    Recording recording = Recording.open(folder);
    assertThat(recording.responses("conv1", new Moment(1, 1)).stimuli()).isEqualTo(48);
    assertThat(recording.shares()).containsOnlyKeys("forward", "gram", "responses");
  }

  /** A folder keeps to its images, its sizes and its layers, and says which of them differ. */
  @Test
  void anotherRecordingIsNotMixedIn(@TempDir Path folder) throws IOException {
    assertThat(recorder(folder, ElementType.FLOAT32).wants(0)).isTrue();
    byte[] before = Files.readAllBytes(folder.resolve("recording.json"));
    Map<String, Recorder> others = new LinkedHashMap<>();
    others.put(
        "expected probe images ",
        other(folder, ProbeImages.balanced(TEST, 2, 24, new Seeds(5)), ElementType.FLOAT32));
    others.put(
        "expected batches of probe images 4, found 2",
        other(folder, ProbeImages.balanced(TEST, 4, 12, new Seeds(4)), ElementType.FLOAT32));
    others.put(
        "expected precision float16, found float32", other(folder, PROBE, ElementType.FLOAT16));
    others.forEach(
        (message, other) ->
            assertThatThrownBy(() -> other.wants(0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(folder + " holds another recording: " + message));
    assertThat(Files.readAllBytes(folder.resolve("recording.json"))).isEqualTo(before);
  }

  private static Recorder other(Path folder, ProbeImages probe, ElementType precision) {
    return new Recorder(folder, probe, LAYERS, EpochGrid.ALL, precision);
  }

  /** One line that names the file; without the file, the others are read. */
  @Test
  void aFileThatIsNotAsTheOthersIsNamed(@TempDir Path folder) throws IOException {
    ProbePlan plan = ProbePlan.random(EpochGrid.ALL, TRAIN, TEST, 2, 7, new Seeds(8));
    Recorder recorder = recorder(folder, ElementType.FLOAT16).withProbes(plan, 6);
    for (int epoch = 0; epoch < 4; epoch++) {
      try (Network network =
          Network.untrained(
              "net", PlainCnn.plain(4), Network.InputShape.of(TRAIN), 4, new Seeds(epoch))) {
        recorder.epoch(epoch, network);
      }
    }
    double[][] all = Recording.open(folder).similarity("conv3").values();
    Path file = folder.resolve("epoch-000002.kindred");
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {whole.length - 1, whole.length / 2}) {
      Files.write(file, Arrays.copyOf(whole, length));
      for (String layer : LAYERS) { // whose numbers may all be there
        assertRefused(
            () -> Recording.open(folder).similarity(layer),
            file + ": cut off: expected " + whole.length + " bytes, found " + length);
      }
    }
    for (int length : new int[] {0, 40}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertRefused(() -> Recording.open(folder).epochs(), file + ": not a recorded epoch");
    }
    Map<String, byte[]> blocks = new HashMap<>();
    blocks.put("gram conv1", new byte[2 * 2 * 300]);
    blocks.put("gram conv3", new byte[2 * 2 * 299]);
    blocks.put("labels conv1", new byte[97]);
    EpochFile.write(folder, 2, blocks, Map.of(), Map.of());
    assertRefused(
        () -> Recording.open(folder).similarity("conv3"),
        file + ": expected 1200 bytes of gram conv3, found 1196; was it recorded with other");
    assertRefused(
        () -> Recording.open(folder).regionSimilarity("conv1"),
        file + ": expected 98 bytes of labels conv1, found 97; was it recorded with other");
    assertRefused(
        () -> Recording.open(folder).similarity("logits"), file + " has no gram logits; it has ");
    Files.delete(file);
    Recording rest = Recording.open(folder);
    assertThat(rest.similarity("conv3").rows()).as("a gap").containsExactly("0", "1", "3");
    assertThat(rest.similarity("conv3").get(0, 2)).isEqualTo(all[0][3]);
    assertRefused(() -> rest.labels("conv3", 2), folder + " has no epoch 2");
    assertRefused(
        () -> recorder(folder, ElementType.FLOAT16).wants(4),
        folder + ": epoch 2 is not recorded, and the run goes on from epoch 3; expected all");
    assertThat(recorder(folder, ElementType.FLOAT16).wants(2)).isTrue();
  }

  private static void assertRefused(ThrowingCallable work, String message) {
    assertThatThrownBy(work)
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  /** Against exact CKA of a network that is trained; the bound allows for five standard errors. */
  @Test
  void sketchesErrByTheStatedShare(@TempDir Path folder) throws Exception {
    Sketch sketch = new Sketch(150, 0, 3);
    Path whole = folder.resolve("whole");
    Path small = folder.resolve("small");
    Path again = folder.resolve("again");
    try (Trainer trainer = trainer()) {
      trainer
          .onEpoch(recorder(whole, ElementType.FLOAT32))
          .onEpoch(recorder(small, ElementType.FLOAT16).withSketch(sketch))
          .onEpoch(
              (epoch, network) -> // a new recorder each time, as after a run that was killed
              recorder(again, ElementType.FLOAT16).withSketch(sketch).epoch(epoch, network));
      trainer.train().close();
    }
    Recording exact = Recording.open(whole);
    Recording sketched = Recording.open(small);
    assertThat(sketched.sketch()).contains(sketch);
    assertThat(sketched.epochs()).containsExactly(0, 1, 2, 3);
    for (String layer : LAYERS) {
      LabelledMatrix expected = exact.similarity(layer);
      LabelledMatrix found = sketched.similarity(layer);
      assertThat(Recording.open(again).similarity(layer).values()).isDeepEqualTo(found.values());
      LabelledMatrix error = sketched.sketchError(layer);
      assertThat(error.rows()).containsExactly("0", "1", "2"); // 3 lies between powers of two
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 4; j++) {
          double allowed = 5 * sketch.standardError(expected.get(i, j)) + 1e-4;
          assertThat(found.get(i, j)).isCloseTo(expected.get(i, j), within(allowed));
          if (i < 3 && j < 3) {
            assertThat(error.get(i, j))
                .isCloseTo(found.get(i, j) - expected.get(i, j), within(1e-4));
          }
        }
      }
      assertThat(found.get(2, 2)).isEqualTo(1);
    }
    assertThat(Files.size(small.resolve("epoch-000003.kindred")))
        .isLessThan(Files.size(whole.resolve("epoch-000003.kindred")) / 3);
    assertThatThrownBy(() -> exact.similarity("conv1", sketched, "conv1"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("different sketches");
    assertThatThrownBy(() -> exact.sketchError("conv1")).isInstanceOf(InputException.class);
  }

  @Test
  void sizesAndSharesAreReported(@TempDir Path folder) {
    try (Trainer trainer = trainer()) {
      trainer.onEpoch(recorder(folder, ElementType.FLOAT16));
      try (Network network = trainer.train()) {
        long numbers =
            network.weights().learntValues().length + network.weights().bufferValues().length;
        assertThat(Recording.open(folder).checkpointBytes()).isEqualTo(4 * 4 * numbers);
      }
    }
    Recording recording = Recording.open(folder);
    assertThat(recording.shares()).containsOnlyKeys("forward", "gram");
    assertThat(recording.shares().values().stream().mapToDouble(share -> share).sum())
        .isStrictlyBetween(0.0, 1.0);
    assertThat(recording.toString())
        .contains("4 epochs of conv1, conv3, logits; ")
        .contains("MB in place of ")
        .contains("% of the run's time");
  }

  @Test
  void comparisonsWithTheWholeAreOnePerOctaveOfTheGrid() {
    EpochGrid grid = EpochGrid.every(3);
    assertThat(IntStream.range(0, 40).filter(grid::isFirstOfOctave).boxed().toList())
        .containsExactly(0, 3, 6, 9, 18, 33);
  }

  @Test
  void gridsHoldTheEpochsOfThePaper() {
    assertThat(EpochGrid.DYNAMICS.contains(299)).isTrue();
    assertThat(EpochGrid.DYNAMICS.contains(301)).isFalse();
    assertThat(EpochGrid.DYNAMICS.contains(303)).isTrue();
    assertThat(EpochGrid.DYNAMICS.contains(903)).isFalse();
    assertThat(EpochGrid.DYNAMICS.contains(3990)).isTrue();
    assertThat(EpochGrid.logarithmic(4).contains(7)).isTrue();
    assertThat(EpochGrid.logarithmic(4).contains(9)).isFalse();
  }

  @Test
  void probeImagesAreBalancedInEveryBatch() {
    for (int b = 0; b < 2; b++) {
      int[] counts = new int[4];
      for (int i = 0; i < 24; i++) {
        counts[PROBE.images().label(b * 24 + i)]++;
      }
      assertThat(counts).containsOnly(6);
    }
    assertThat(PROBE.images().stimulusIds()).doesNotHaveDuplicates();
    assertThatThrownBy(() -> ProbeImages.balanced(TEST, 5, 24, new Seeds(1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("too few images");
  }
}
