package dev.kindred.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class ClaimTablesTest {
  private static Table table(List<String> claims, List<String> verdicts) {
    return Table.create(
        StringColumn.create("claim", claims),
        StringColumn.create("published", claims.stream().map(c -> "0.7, inside the interval here")),
        StringColumn.create("here", claims.stream().map(c -> "0.500")),
        StringColumn.create("95 % interval", claims.stream().map(c -> "[0.400, 0.600]")),
        StringColumn.create("verdict", verdicts));
  }

  @Test
  void valuesOfOneClaimStandInOneRow() {
    Map<String, Table> tables = new LinkedHashMap<>();
    tables.put("stored", table(List.of("a", "b"), List.of("reproduced", "not testable here")));
    tables.put("live", table(List.of("b", "c"), List.of("not decidable", "not reproduced")));
    Table beside = ClaimTables.beside(tables);
    assertThat(beside.columnNames())
        .containsExactly(
            "claim", "published", "stored", "stored: verdict", "live", "live: verdict");
    assertThat(beside.stringColumn("claim").asList()).containsExactly("a", "b", "c");
    assertThat(beside.stringColumn("published").asList()).containsOnly("0.7");
    assertThat(beside.stringColumn("stored").asList())
        .containsExactly("0.500 [0.400, 0.600]", "0.500 [0.400, 0.600]", "–");
    assertThat(beside.stringColumn("live: verdict").asList())
        .containsExactly("not asked", "not decidable", "not reproduced");
    assertThat(ClaimTables.shares(tables))
        .isEqualTo("stored: 1 of 1 testable claims decided; live: 1 of 2 testable claims decided");
  }
}
