package dev.kindred.cli;

import dev.kindred.base.AtomicFile;
import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Memory;
import dev.kindred.base.Progress;
import dev.kindred.figure.HeatMap;
import dev.kindred.figure.LineFigure;
import dev.kindred.measure.AllPairs;
import dev.kindred.measure.CrossValidated;
import dev.kindred.measure.LayerScores;
import dev.kindred.measure.Measure;
import dev.kindred.measure.Measures;
import dev.kindred.network.RepresentationSource;
import dev.kindred.network.TorchScriptModel;
import dev.kindred.network.tensor.TorchDevice;
import dev.kindred.representation.Representation;
import dev.kindred.stimuli.DataSets;
import dev.kindred.stimuli.ImageSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "layers",
    description = {
      "Compares every layer of network A with every layer of network B, and writes a table of",
      "comma-separated values: rows are the layers of A, columns those of B.",
      "",
      "A and B are folders of responses to the same stimuli, one file a layer, in natural order",
      "(layer2 before layer10); with --data, two TorchScript modules with their descriptors.",
      "Measures that fit on some stimuli and score on others have --folds, shuffled by --seed; in",
      "SPEC, direction=forward has A predict B, which is the default, and direction=mean takes both.",
      "",
      "--measure all-three: linear-predictivity and procrustes-predictivity, the mean of both",
      "directions, and soft-matching, which is the best permutation at equal widths. Then M.csv has",
      "a row for every layer of A with the layer of B at the same relative depth, a column for each",
      "family; the layer × layer tables are M.FAMILY.csv.",
      "",
      "With --figure: a map with the greatest value of every row and column; of all-three, lines",
      "over depth ± standard deviation over folds."
    },
    mixinStandardHelpOptions = true)
final class LayersCommand implements Callable<Integer> {
  private static final String ALL_THREE = "all-three";
  private static final List<String> FAMILIES =
      List.of("linear-predictivity", "procrustes-predictivity", "soft-matching");
  private static final String FOLDS = "folds";
  private static final int USUAL_FOLDS = 5;
  private static final int MOST_IMAGES = 1_000_000;

  @Parameters(index = "0", paramLabel = "A", description = "Folder of layers, or a module.")
  private Path first;

  @Parameters(index = "1", paramLabel = "B", description = "The same of another network.")
  private Path second;

  @Option(
      names = "--measure",
      required = true,
      paramLabel = "SPEC",
      description = "name or name[key=value,…], see kindred measures, or " + ALL_THREE + ".")
  private String measure;

  @Option(
      names = "--folds",
      paramLabel = "K",
      description = "Parts of the stimuli (default: " + USUAL_FOLDS + ").")
  private Integer folds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Shuffles the stimuli before they are divided; with --data, also chooses the images"
              + " (default: ${DEFAULT-VALUE}).")
  private int seed;

  @Option(
      names = "--sd",
      paramLabel = "SD.csv",
      description = {
        "Also writes standard deviations over folds; with " + ALL_THREE + ", SD.csv and",
        "SD.FAMILY.csv."
      })
  private Path deviations;

  @Option(
      names = "--data",
      paramLabel = "NAME",
      description = "Shows images of this data set to two TorchScript modules.")
  private String data;

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "How many images, of its test split (default: 1000).")
  private Integer images;

  @Mixin private TableOutput output;

  @Mixin private ReadingOptions reading;

  @Override
  public Integer call() throws IOException {
    if (images != null && (data == null || images < 1 || images > MOST_IMAGES)) {
      throw new InputException(
          "--images=" + images + ": expected 1 to " + MOST_IMAGES + ", with --data");
    }
    if (folds != null && folds < 2) {
      throw new InputException("--folds=" + folds + ": expected at least 2 parts of the stimuli");
    }
    boolean three = measure.equals(ALL_THREE);
    if (!three && measure.startsWith(ALL_THREE)) {
      throw new InputException(
          "--measure="
              + measure
              + ": "
              + ALL_THREE
              + " takes no parameters but --folds and --seed");
    }
    Map<String, Measure> measures = measures(three ? FAMILIES : List.of(measure), three);
    checkOutputs(three);
    List<Representation> rows;
    List<Representation> columns;
    if (data == null) {
      rows = read(first);
      columns = read(second);
    } else {
      TorchDevice.require();
      ImageSet stimuli = DataSets.open(data, "test", images == null ? 1000 : images, seed);
      rows = run(first, stimuli);
      columns = run(second, stimuli);
    }
    measures.values().forEach(chosen -> requireStimuli(chosen, rows.get(0)));
    if (three) {
      requireDepth(first, rows);
      requireDepth(second, columns);
    }
    List<LayerScores> scores = new ArrayList<>();
    for (Measure chosen : measures.values()) {
      AllPairs pairs = new AllPairs(chosen).budget(Memory.quarter()).progress(Progress.standard());
      scores.add(LayerScores.of(pairs, rows, columns));
    }
    if (three) {
      writeThree(scores);
    } else {
      write(scores.get(0));
    }
    return 0;
  }

  private static void requireDepth(Path network, List<Representation> layers) {
    if (layers.size() < 2) {
      throw new InputException(
          network + ": expected at least 2 layers for --measure " + ALL_THREE + ", found 1");
    }
  }

  private void requireStimuli(Measure chosen, Representation layer) {
    int least = chosen.info().minimumStimuli();
    if (folds != null && layer.stimuli() < least) {
      throw new InputException(
          "--folds="
              + folds
              + ": "
              + layer.id()
              + " has "
              + layer.stimuli()
              + " stimuli; expected at least "
              + least);
    }
  }

  private Map<String, Measure> measures(List<String> specifications, boolean three) {
    Map<String, String> defaults = new LinkedHashMap<>();
    defaults.put(FOLDS, String.valueOf(folds == null ? USUAL_FOLDS : folds));
    defaults.put("seed", String.valueOf(seed));
    if (three) {
      defaults.put("direction", "mean");
    }
    Map<String, Measure> measures = new LinkedHashMap<>();
    for (String specification : specifications) {
      if (folds != null && specification.replace(" ", "").contains(FOLDS + "=")) {
        throw new InputException(
            "--folds=" + folds + ": expected folds here or in " + specification + ", found both");
      }
      // Who asks for no folds has nothing to shuffle.
      boolean inSample = specification.replace(" ", "").contains(FOLDS + "=none");
      Measure chosen = Measures.parse(specification, inSample ? Map.of() : defaults);
      boolean folded = chosen instanceof CrossValidated validated && validated.hasFolds();
      if (!folded && (folds != null || deviations != null)) {
        throw new InputException(
            (folds != null ? "--folds" : "--sd")
                + ": "
                + chosen.info().specification()
                + " has no folds; expected a measure that is cross-validated");
      }
      measures.put(specification, chosen);
    }
    return measures;
  }

  private void checkOutputs(boolean three) throws IOException {
    List<Path> inputs = new ArrayList<>();
    for (Path side : List.of(first, second)) {
      if (data == null && !Files.isDirectory(side)) {
        throw new InputException(
            side + ": expected a folder of layers; a TorchScript module needs --data");
      }
      if (data != null) {
        TorchScriptModel.requireDescribed(side);
      }
      inputs.addAll(data == null ? reading.expand(List.of(side)) : List.of(side));
    }
    List<Path> others = new ArrayList<>();
    if (deviations != null) {
      if (deviations.toString().equals("-")) {
        throw new InputException("--sd=-: expected the name of a file to write");
      }
      others.add(deviations);
      if (three) {
        FAMILIES.forEach(name -> others.add(TableOutput.beside(deviations, name + ".csv")));
      }
    }
    List<String> companions =
        three ? FAMILIES.stream().map(name -> name + ".csv").toList() : List.of();
    output.check(inputs, companions, others, "the tables of --measure " + ALL_THREE);
  }

  private List<Representation> read(Path folder) {
    List<Path> files = reading.expand(List.of(folder));
    List<String> names = MatrixCommand.names(files);
    List<Representation> layers = reading.readAll(files);
    return IntStream.range(0, files.size())
        .mapToObj(i -> layers.get(i).withId(network(folder) + "/" + names.get(i)))
        .toList();
  }

  private List<Representation> run(Path module, ImageSet stimuli) {
    try (TorchScriptModel model = TorchScriptModel.load(module)) {
      return List.copyOf(
          model
              .represent(
                  stimuli,
                  model.layers(),
                  reading.pooling(),
                  RepresentationSource.DEFAULT_BATCH,
                  Progress.standard())
              .values());
    }
  }

  private void write(LayerScores scores) throws IOException {
    LabelledMatrix values = layers(scores.values());
    if (deviations != null) {
      AtomicFile.write(deviations, layers(scores.deviations().orElseThrow()).csv());
    }
    if (output.figure() != null) {
      HeatMap.of(values)
          .rows("layer of " + network(first))
          .columns("layer of " + network(second))
          .maxima()
          .save(output.figure());
    }
    output.write(values.csv());
  }

  private void writeThree(List<LayerScores> scores) throws IOException {
    List<List<LayerScores.AtDepth>> lines = scores.stream().map(LayerScores::overDepth).toList();
    for (int k = 0; k < FAMILIES.size(); k++) {
      String file = FAMILIES.get(k) + ".csv";
      output.writeBeside(file, layers(scores.get(k).values()).csv());
      if (deviations != null) {
        AtomicFile.write(
            TableOutput.beside(deviations, file),
            layers(scores.get(k).deviations().orElseThrow()).csv());
      }
    }
    LabelledMatrix map = layers(scores.get(0).values());
    List<String> names =
        IntStream.range(0, lines.get(0).size())
            .mapToObj(i -> pair(map, i, lines.get(0).get(i).partners()))
            .toList();
    if (deviations != null) {
      AtomicFile.write(
          deviations, depth("standard deviation over folds", names, lines, map, true).csv());
    }
    if (output.figure() != null) {
      draw(lines);
    }
    output.write(depth("alignment over depth", names, lines, map, false).csv());
  }

  private static String pair(LabelledMatrix map, int row, int[] partners) {
    String name = map.rows().get(row);
    String others =
        Arrays.stream(partners)
            .mapToObj(column -> map.columns().get(column))
            .collect(Collectors.joining(" and "));
    return name.equals(others) ? name : name + " – " + others;
  }

  private static LabelledMatrix depth(
      String title,
      List<String> names,
      List<List<LayerScores.AtDepth>> lines,
      LabelledMatrix source,
      boolean deviation) {
    double[][] values = new double[names.size()][lines.size()];
    for (int i = 0; i < values.length; i++) {
      for (int k = 0; k < values[i].length; k++) {
        LayerScores.AtDepth at = lines.get(k).get(i);
        values[i][k] = deviation ? at.deviation() : at.value();
      }
    }
    return new LabelledMatrix(title, names, FAMILIES, values, source.provenance());
  }

  private void draw(List<List<LayerScores.AtDepth>> lines) throws IOException {
    LineFigure figure =
        LineFigure.titled(network(first) + " and " + network(second))
            .x("layer of " + network(first))
            .y("held-out correlation");
    double[] layers =
        IntStream.rangeClosed(1, lines.get(0).size()).mapToDouble(layer -> layer).toArray();
    for (int k = 0; k < FAMILIES.size(); k++) {
      List<LayerScores.AtDepth> line = lines.get(k);
      figure.line(
          FAMILIES.get(k),
          layers,
          line.stream().mapToDouble(LayerScores.AtDepth::value).toArray(),
          line.stream().mapToDouble(LayerScores.AtDepth::deviation).toArray());
    }
    figure.save(output.figure());
  }

  /** Rows and columns by the names of the layers alone. */
  private static LabelledMatrix layers(LabelledMatrix map) {
    return new LabelledMatrix(
        map.title(), bare(map.rows()), bare(map.columns()), map.values(), map.provenance());
  }

  private static List<String> bare(List<String> ids) {
    return ids.stream().map(id -> id.substring(id.indexOf('/') + 1)).toList();
  }

  private static String network(Path path) {
    Path name = path.toAbsolutePath().normalize().getFileName();
    return String.valueOf(name).replaceFirst("(\\.torchscript)?\\.pt$", "");
  }
}
