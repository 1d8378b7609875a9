package dev.kindred.study.consistency;

import dev.kindred.base.Checksums;
import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.base.Store;
import dev.kindred.base.StoreKey;
import dev.kindred.measure.AllPairs;
import dev.kindred.measure.Measure;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Representations;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Similarities of models on several data sets, kept in a store by the measure and the numbers
 * compared, so that a change of one parameter computes only what depends on it.
 */
public final class SimilarityComputation {
  private static final String FILE = "similarities.npy";
  private static final int REVISION = 1;

  private final Store store;
  private final Progress progress;

  public SimilarityComputation(Store store, Progress progress) {
    this.store = store;
    this.progress = progress;
  }

  /**
   * Compares all models on every data set, one data set after the other.
   *
   * @param dataSets the data sets
   * @param features gives the representations of a data set: the same models, in the same order
   * @param measure a symmetric measure
   */
  public SimilaritySet compute(
      List<DataSet> dataSets, Function<DataSet, List<Representation>> features, Measure measure) {
    if (!measure.info().symmetric()) {
      throw new InputException(
          measure.info().specification()
              + " is not symmetric; consistency is defined over unordered pairs of models");
    }
    List<LabelledMatrix> matrices = new ArrayList<>();
    try (Progress.Task task =
        progress.begin(measure.info().specification() + " on data sets", dataSets.size())) {
      for (DataSet dataSet : dataSets) {
        task.note(dataSet.name());
        matrices.add(matrix(features.apply(dataSet), measure));
        task.advance(1);
      }
    }
    return new SimilaritySet(dataSets, matrices);
  }

  /** The model × model matrix of one data set. */
  public LabelledMatrix matrix(List<Representation> models, Measure measure) {
    Provenance recipe =
        Provenance.of(
            "all pairs",
            Map.of("measure", measure.info().specification()),
            models.stream().map(SimilarityComputation::content).toArray(Provenance[]::new));
    Path folder =
        store.folder(
            new StoreKey("similarity", REVISION, recipe),
            working -> {
              LabelledMatrix computed =
                  new AllPairs(measure).progress(Progress.NONE).matrix(models);
              Representations.write(
                  Representation.of("similarities", computed.values()), working.resolve(FILE));
            });
    Representation values = Representations.read(folder.resolve(FILE));
    double[][] rows = new double[models.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = values.row(i);
    }
    List<String> names = models.stream().map(Representation::id).toList();
    return new LabelledMatrix(measure.info().specification(), names, names, rows, recipe);
  }

  /**
   * Names a representation by its numbers, as two of equal numbers have equal similarities wherever
   * they come from.
   */
  private static Provenance content(Representation x) {
    MessageDigest digest = Checksums.newSha256();
    double[] row = new double[x.units()];
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(x.units(), Double.BYTES));
    for (int i = 0; i < x.stimuli(); i++) {
      x.read(i, i + 1, DoubleBuffer.wrap(row));
      bytes.asDoubleBuffer().put(row);
      digest.update(bytes.array());
    }
    return Provenance.of(
        "numbers",
        Map.of(
            "stimuli", x.stimuli(),
            "units", x.units(),
            "precision", x.precision(),
            "sha256", HexFormat.of().formatHex(digest.digest())));
  }
}
