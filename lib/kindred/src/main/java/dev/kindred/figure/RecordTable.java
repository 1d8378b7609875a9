package dev.kindred.figure;

import dev.kindred.base.InputException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Records as a table: a row each, a column for every component, {@code firstStage} as “first
 * stage”.
 */
public final class RecordTable {
  private RecordTable() {}

  /**
   * The table of some records.
   *
   * @param rows records of one type, at least one
   */
  public static Table of(String title, List<? extends Record> rows) {
    if (rows.isEmpty()) {
      throw new InputException(title + ": a table of records needs at least one");
    }
    Table table = Table.create(title);
    for (RecordComponent component : rows.get(0).getClass().getRecordComponents()) {
      Column<?> column = column(component);
      for (Record row : rows) {
        append(column, value(component.getAccessor(), row));
      }
      table.addColumns(column);
    }
    return table;
  }

  private static Column<?> column(RecordComponent component) {
    String name =
        component.getName().replaceAll("([a-z0-9])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    Class<?> type = component.getType();
    if (type == int.class || type == Integer.class) {
      return IntColumn.create(name);
    }
    if (type == long.class || type == Long.class) {
      return LongColumn.create(name);
    }
    if (type == double.class || type == Double.class || type == float.class) {
      return DoubleColumn.create(name);
    }
    if (type == boolean.class || type == Boolean.class) {
      return BooleanColumn.create(name);
    }
    return StringColumn.create(name);
  }

  private static void append(Column<?> column, Object value) {
    if (value == null) {
      column.appendMissing();
    } else if (column instanceof DoubleColumn numbers) {
      numbers.append(((Number) value).doubleValue());
    } else if (column instanceof StringColumn texts) {
      texts.append(value.toString());
    } else {
      column.appendObj(value);
    }
  }

  private static Object value(Method accessor, Record row) {
    try {
      accessor.setAccessible(true); // a record that was declared in a cell may be out of sight
      return accessor.invoke(row);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
