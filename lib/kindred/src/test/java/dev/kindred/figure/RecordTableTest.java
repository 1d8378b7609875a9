package dev.kindred.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class RecordTableTest {
  private record Row(String network, int units, Double lastValue, boolean trained) {}

  @Test
  void aRowForEveryRecordAndAColumnForEveryComponent() {
    Table table =
        RecordTable.of(
            "Networks", List.of(new Row("a", 3, 0.5, true), new Row("b", 4, null, false)));

    assertThat(table.name()).isEqualTo("Networks");
    assertThat(table.columnNames()).containsExactly("network", "units", "last value", "trained");
    assertThat(table.stringColumn(0).asList()).containsExactly("a", "b");
    assertThat(table.intColumn(1).getInt(1)).isEqualTo(4);
    assertThat(table.doubleColumn(2).get(0)).isEqualTo(0.5);
    assertThat(table.doubleColumn(2).isMissing(1)).isTrue();
    assertThat(table.booleanColumn(3).get(1)).isFalse();
  }

  @Test
  void noRecordsAreRefused() {
    assertThatThrownBy(() -> RecordTable.of("Networks", List.<Row>of()))
        .isInstanceOf(InputException.class)
        .hasMessage("Networks: a table of records needs at least one");
  }
}
