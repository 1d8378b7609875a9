package dev.kindred.study.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelTableTest {
  private static ModelTable table(String text) throws IOException {
    return ModelTable.read(new StringReader(text), "t.csv");
  }

  @Test
  void classesMakeTheSetsAndWhatTheyAreClassesOfIsADetail() throws IOException {
    ModelTable table =
        table(
            """
            model,data,data class,first class,size
            a,COYO,Large,yes,1
            b,LAION,Large,no,2
            c,IN1k,IN1k,no,2
            """);
    assertThat(table.attributes()).containsOnlyKeys("data", "first class", "size");
    assertThat(table.values("data")).containsExactly("Large", "Large", "IN1k");
    assertThat(table.details()).isEqualTo(Map.of("data", List.of("COYO", "LAION", "IN1k")));
    assertThat(table.sets("data").get("Large")).containsExactly(0, 1);
    assertThat(table.select(List.of("c", "a")).details().get("data"))
        .containsExactly("IN1k", "COYO");
    assertThat(table.table().columnNames())
        .containsExactly("model", "data", "data class", "first class", "size");
    assertThat(ModelTable.of(table.table())).isEqualTo(table);
  }

  @Test
  void groupingsHaveAFewSetsOfSeveralModels() {
    ModelTable table =
        new ModelTable(
            List.of("a", "b", "c", "d"),
            Map.of(
                "one", List.of("x", "x", "x", "x"),
                "two", List.of("x", "y", "y", "y"),
                "each", List.of("x", "y", "z", "w")));
    assertThat(table.groupings()).containsExactly("two");
  }

  @Test
  void valuesMustBeOfEveryModel() {
    assertThatThrownBy(() -> new ModelTable(List.of("a"), Map.of("k", List.of("x", "y"))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("attribute k: expected one value for each of 1 models, found 2");
  }
}
