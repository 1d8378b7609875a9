package dev.kindred.study.consistency;

import dev.kindred.base.InputException;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelTable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** What the paper prints: its models (Table 2), data sets (Table 3) and headline numbers. */
public final class PublishedResults {
  /** Mean of R over all model pairs and all 253 pairs of data sets (section 4.4). */
  public static final double MEAN_CONSISTENCY = 0.756;

  /** Standard deviation of the same. */
  public static final double DEVIATION_OF_CONSISTENCY = 0.124;

  /** Models in each set: attribute → set → number (Table 1). */
  static final Map<String, Map<String, Integer>> MODELS_IN_SETS =
      Map.of(
          "objective", Map.of("Img-Txt", 14, "SSL", 20, "Sup", 30),
          "training data", Map.of("IN1k", 37, "IN21k", 9, "Large", 11, "XLarge", 7),
          "architecture", Map.of("CNN", 24, "TX", 40),
          "size", Map.of("small", 32, "medium", 14, "large", 8, "xlarge", 10));

  /** Data sets of Figures 4 and 5. */
  static final List<String> SHOWN = List.of("ImageNet-1k", "Flowers", "PatchCamelyon (PCam)");

  /** Anchors of Figure 14, two of each objective. */
  private static final List<String> ANCHORS =
      List.of(
          "OpenCLIP-RN50-openai",
          "OpenCLIP-ViT-L-14-openai",
          "simclr-rn50",
          "dinov2-vit-large-p14",
          "resnet50",
          "vit-large-patch16-224");

  private PublishedResults() {}

  /** The 64 models of the paper (its Table 2, as printed there). */
  public static ModelTable models() {
    return resource("models.csv");
  }

  /**
   * The printed models and one more: the authors' public configuration has a Barlow Twins network
   * where the printed table has a second image–text model, which is why the counts of Tables 1 and
   * 2 of the paper differ by one.
   */
  public static ModelTable modelsWithConfiguration() {
    return models().and(resource("models-beside-the-text.csv"));
  }

  private static ModelTable resource(String name) {
    try (Reader reader = open(name)) {
      return ModelTable.read(reader, name);
    } catch (IOException e) {
      throw new IllegalStateException("the table " + name + " is part of the library", e);
    }
  }

  private static Reader open(String name) {
    return new BufferedReader(
        new InputStreamReader(
            PublishedResults.class.getResourceAsStream(name), StandardCharsets.UTF_8));
  }

  /** The 23 data sets with their categories. */
  public static List<DataSet> dataSets() {
    return lines().stream().map(PublishedResults::dataSet).toList();
  }

  private static DataSet dataSet(CSVRecord line) {
    return new DataSet(line.get(0), line.get(1));
  }

  private static List<CSVRecord> lines() {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader reader = open("data-sets.csv");
        CSVParser parser = CSVParser.parse(reader, format)) {
      return parser.getRecords();
    } catch (IOException e) {
      throw new IllegalStateException("the table of published data sets is part of the library", e);
    }
  }

  /**
   * The published data set that a folder's name stands for, whatever its spelling: letters and
   * digits decide ({@code cifar10}, {@code wds_vtab-cifar10}, {@code CIFAR-10}).
   */
  public static DataSet dataSet(String folder) {
    String wanted = plain(folder.replaceFirst("^(wds[_-])?(vtab[_-])?", ""));
    for (CSVRecord line : lines()) {
      List<String> names = new ArrayList<>(List.of(line.get(2).split(" ")));
      names.add(line.get(0));
      names.add(line.get(0).replaceAll(" \\(.*\\)", ""));
      if (!wanted.isEmpty()
          && names.stream().map(PublishedResults::plain).anyMatch(wanted::equals)) {
        return dataSet(line);
      }
    }
    throw new InputException("no published data set is named like " + folder);
  }

  /** A data set of the paper by any spelling of its name; of others the category is not known. */
  static DataSet named(String name) {
    try {
      return new DataSet(name, dataSet(name).category());
    } catch (InputException e) {
      return new DataSet(name, "other");
    }
  }

  /** The paper's anchors among some models, whatever their spelling; empty if one is missing. */
  static Optional<List<String>> anchors(List<String> models) {
    List<String> found =
        ANCHORS.stream()
            .flatMap(anchor -> models.stream().filter(m -> plain(m).equals(plain(anchor))).limit(1))
            .toList();
    return found.size() == ANCHORS.size() ? Optional.of(found) : Optional.empty();
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
