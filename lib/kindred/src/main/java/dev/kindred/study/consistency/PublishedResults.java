package dev.kindred.study.consistency;

import dev.kindred.base.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * What the paper prints: its data sets (Table 3) and headline numbers. Its models are in {@link
 * ModelTable#published}.
 */
public final class PublishedResults {
  /** Mean of R over all model pairs and all 253 pairs of data sets (section 4.4). */
  public static final double MEAN_CONSISTENCY = 0.756;

  /** Standard deviation of the same. */
  public static final double DEVIATION_OF_CONSISTENCY = 0.124;

  private PublishedResults() {}

  /** The 23 data sets with their categories. */
  public static List<DataSet> dataSets() {
    return lines().stream().map(PublishedResults::dataSet).toList();
  }

  private static DataSet dataSet(CSVRecord line) {
    return new DataSet(line.get(0), line.get(1));
  }

  private static List<CSVRecord> lines() {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader reader =
            new BufferedReader(
                new InputStreamReader(
                    PublishedResults.class.getResourceAsStream("data-sets.csv"),
                    StandardCharsets.UTF_8));
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

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
