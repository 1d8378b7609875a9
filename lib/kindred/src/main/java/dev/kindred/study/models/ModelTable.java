package dev.kindred.study.models;

import dev.kindred.base.InputException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Models and their attributes. Any attribute column makes model sets: one set for every value that
 * occurs.
 *
 * @param models model ids
 * @param attributes attribute name → value of every model, in the order of {@code models}
 */
public record ModelTable(List<String> models, Map<String, List<String>> attributes) {

  public ModelTable {
    models = List.copyOf(models);
    Map<String, List<String>> copy = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> attribute : attributes.entrySet()) {
      if (attribute.getValue().size() != models.size()) {
        throw new InputException(
            "attribute "
                + attribute.getKey()
                + ": expected one value for each of "
                + models.size()
                + " models, found "
                + attribute.getValue().size());
      }
      copy.put(attribute.getKey(), List.copyOf(attribute.getValue()));
    }
    attributes = java.util.Collections.unmodifiableMap(copy);
  }

  /** Reads a CSV file: the first column holds the model ids, every other column is an attribute. */
  public static ModelTable read(Path csv) {
    try (Reader reader = Files.newBufferedReader(csv)) {
      return read(reader, csv.toString());
    } catch (IOException e) {
      throw new InputException("models table " + csv + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Reads the text of such a file; messages call it by {@code name}. */
  public static ModelTable read(Reader reader, String name) throws IOException {
    CSVFormat format =
        CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).setTrim(true).get();
    try (CSVParser parser = CSVParser.parse(reader, format)) {
      List<String> header = parser.getHeaderNames();
      if (header.isEmpty()) {
        throw new InputException(
            name + ": expected a header line with the model ids' column first; the file is empty");
      }
      List<String> models = new ArrayList<>();
      Map<String, List<String>> attributes = new LinkedHashMap<>();
      header.stream().skip(1).forEach(column -> attributes.put(column, new ArrayList<>()));
      for (CSVRecord line : parser) {
        if (!line.isConsistent()) {
          throw new InputException(
              name
                  + ", line "
                  + parser.getCurrentLineNumber()
                  + ": expected "
                  + header.size()
                  + " values, found "
                  + line.size());
        }
        if (models.contains(line.get(0))) {
          throw new InputException(name + ": model " + line.get(0) + " is there twice");
        }
        models.add(line.get(0));
        for (int column = 1; column < header.size(); column++) {
          attributes.get(header.get(column)).add(line.get(column));
        }
      }
      return new ModelTable(models, attributes);
    }
  }

  /**
   * From a table whose first column holds the model ids; text columns become attributes, others do
   * not make sets.
   */
  public static ModelTable of(Table table) {
    Map<String, List<String>> attributes = new LinkedHashMap<>();
    for (int column = 1; column < table.columnCount(); column++) {
      if (table.column(column) instanceof StringColumn text) {
        attributes.put(text.name(), text.asList());
      }
    }
    return new ModelTable(table.stringColumn(0).asList(), attributes);
  }

  /** The table for the given models only, in their order; every one must be there. */
  public ModelTable select(List<String> wanted) {
    List<Integer> rows = new ArrayList<>();
    for (String model : wanted) {
      int row = models.indexOf(model);
      if (row < 0) {
        throw new InputException("models table: no row for model " + model);
      }
      rows.add(row);
    }
    Map<String, List<String>> selected = new LinkedHashMap<>();
    attributes.forEach(
        (name, values) -> selected.put(name, rows.stream().map(values::get).toList()));
    return new ModelTable(wanted, selected);
  }

  /** Value of an attribute for every model. */
  public List<String> values(String attribute) {
    List<String> values = attributes.get(attribute);
    if (values == null) {
      throw new InputException(
          "models table: no attribute is named "
              + attribute
              + "; there are "
              + String.join(", ", attributes.keySet()));
    }
    return values;
  }

  /** The sets that an attribute makes: value → its models, in the order of first occurrence. */
  public Map<String, int[]> sets(String attribute) {
    Map<String, List<Integer>> members = new LinkedHashMap<>();
    List<String> values = values(attribute);
    for (int model = 0; model < values.size(); model++) {
      members.computeIfAbsent(values.get(model), value -> new ArrayList<>()).add(model);
    }
    Map<String, int[]> sets = new LinkedHashMap<>();
    members.forEach(
        (value, list) -> sets.put(value, list.stream().mapToInt(Integer::intValue).toArray()));
    return sets;
  }
}
