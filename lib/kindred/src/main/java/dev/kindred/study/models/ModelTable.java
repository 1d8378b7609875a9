package dev.kindred.study.models;

import dev.kindred.base.InputException;
import dev.kindred.base.Utf8;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Models and their attributes. Any attribute makes model sets: one set for every value that occurs.
 *
 * <p>Where a table has a column {@code X class} beside a column {@code X}, such as {@code Large}
 * for {@code COYO-700M}, the classes are the values of the attribute X, and X itself tells details
 * that make no sets. Nor does a column {@code declaration}, see {@link #declarations()}.
 *
 * @param models model ids
 * @param attributes attribute name → value of every model, in the order of {@code models}
 * @param details names of some of the attributes → finer values of every model
 */
public record ModelTable(
    List<String> models, Map<String, List<String>> attributes, Map<String, List<String>> details) {
  private static final String CLASS = " class";

  /** Column that has the same value for models that differ in nothing but their random start. */
  private static final String DECLARATION = "declaration";

  /** Attributes with more sets than this describe models rather than group them. */
  private static final int MOST_SETS = 6;

  public ModelTable {
    models = List.copyOf(models);
    attributes = copy(models, attributes);
    details = copy(models, details);
  }

  /** A table without details. */
  public ModelTable(List<String> models, Map<String, List<String>> attributes) {
    this(models, attributes, Map.of());
  }

  private static Map<String, List<String>> copy(
      List<String> models, Map<String, List<String>> columns) {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    columns.forEach(
        (name, values) -> {
          if (values.size() != models.size()) {
            throw new InputException(
                "attribute "
                    + name
                    + ": expected one value for each of "
                    + models.size()
                    + " models, found "
                    + values.size());
          }
          copy.put(name, List.copyOf(values));
        });
    return Collections.unmodifiableMap(copy);
  }

  /** From columns as they stand in a file, classes beside what they are classes of. */
  private static ModelTable ofColumns(List<String> models, Map<String, List<String>> columns) {
    Map<String, List<String>> attributes = new LinkedHashMap<>();
    Map<String, List<String>> details = new LinkedHashMap<>();
    columns.forEach(
        (name, values) -> {
          List<String> classes = columns.get(name + CLASS);
          if (name.equals(DECLARATION)) {
            details.put(name, values); // describes models, and makes no sets to ask about
          } else if (classes != null) {
            details.put(name, values);
            attributes.put(name, classes);
          } else if (!name.endsWith(CLASS)
              || !columns.containsKey(name.substring(0, name.length() - CLASS.length()))) {
            attributes.put(name, values);
          }
        });
    return new ModelTable(models, attributes, details);
  }

  /** Reads a CSV file: the first column holds the model ids, every other column is an attribute. */
  public static ModelTable read(Path csv) {
    try (Reader reader = new StringReader(Utf8.read(csv))) {
      return read(reader, csv.toString());
    } catch (IOException | UncheckedIOException e) {
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
      return ofColumns(models, attributes);
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
    return ofColumns(table.stringColumn(0).asList(), attributes);
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
    return new ModelTable(wanted, select(attributes, rows), select(details, rows));
  }

  private static Map<String, List<String>> select(
      Map<String, List<String>> columns, List<Integer> rows) {
    Map<String, List<String>> selected = new LinkedHashMap<>();
    columns.forEach((name, values) -> selected.put(name, rows.stream().map(values::get).toList()));
    return selected;
  }

  /** The same with other ids of the models. */
  public ModelTable renamed(List<String> ids) {
    return new ModelTable(ids, attributes, details);
  }

  /** The models of this table, then those of another one with the same columns. */
  public ModelTable and(ModelTable other) {
    return new ModelTable(
        join(models, other.models),
        joined(attributes, other.attributes),
        joined(details, other.details));
  }

  private static Map<String, List<String>> joined(
      Map<String, List<String>> first, Map<String, List<String>> second) {
    Map<String, List<String>> both = new LinkedHashMap<>();
    first.forEach((name, values) -> both.put(name, join(values, second.get(name))));
    return both;
  }

  private static List<String> join(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** The table as it is read: models, then attributes, details before their classes. */
  public Table table() {
    Table table = Table.create("Models", StringColumn.create("model", models));
    attributes.forEach(
        (name, values) -> {
          if (details.containsKey(name)) {
            table.addColumns(StringColumn.create(name, details.get(name)));
          }
          table.addColumns(
              StringColumn.create(details.containsKey(name) ? name + CLASS : name, values));
        });
    if (details.containsKey(DECLARATION)) {
      table.addColumns(StringColumn.create(DECLARATION, details.get(DECLARATION)));
    }
    return table;
  }

  /**
   * What every model was declared as, such as a plan of training: those of one declaration are
   * copies, which differ in their random start alone. Of a table without a column {@code
   * declaration}, every model has its own.
   */
  public List<String> declarations() {
    return details.getOrDefault(DECLARATION, models);
  }

  /** Attributes that group the models: two to six sets, with two models in a set on average. */
  public List<String> groupings() {
    return attributes.keySet().stream()
        .filter(
            name -> {
              long sets = values(name).stream().distinct().count();
              return sets > 1 && sets <= Math.max(2, models.size() / 2) && sets <= MOST_SETS;
            })
        .toList();
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
