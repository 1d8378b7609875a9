package dev.kindred.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeasuresTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cka | cka",
        "cka[] | cka",
        " cka[ kernel = linear ] | cka",
        "cka[estimator=unbiased,rows=raw] | cka",
        "cka[sigma=0.40,kernel=rbf] | cka[kernel=rbf,sigma=0.4]",
        "cka[kernel=rbf,sigma=1.0] | cka[kernel=rbf,sigma=1]",
        "cka[batch=64,average=mean] | cka[batch=64,average=mean]",
        "rsa[compare=pearson,rdm=cosine] | rsa[rdm=cosine,compare=pearson]"
      })
  void specificationsHaveOneCanonicalText(String text, String canonical) {
    assertThat(Measures.parse(text).info().specification()).isEqualTo(canonical);
    assertThat(Measures.parse(canonical).info().specification()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ckaa",
        "cka[",
        "cka[kernel]",
        "cka[kernel=cubic]",
        "cka[kernel=linear,kernel=rbf]",
        "cka[sigma=0.4]",
        "cka[kernel=rbf,sigma=0]",
        "cka[kernel=rbf,sigma=NaN]",
        "cka[batch=1]",
        "cka[batch=2.5]",
        "cka[average=mean]",
        "bures[k=3]",
        "rsa[rdm=]"
      })
  void wrongSpecificationsAreRefusedInOneLine(String text) {
    assertThatThrownBy(() -> Measures.parse(text))
        .isInstanceOf(InputException.class)
        .satisfies(e -> assertThat(e.getMessage()).isNotBlank().doesNotContain("\n"));
  }

  @Test
  void aWrongNameListsThePossibleOnes() {
    assertThatThrownBy(() -> Measures.parse("cca2"))
        .hasMessageContaining("cka")
        .hasMessageContaining("rsa");
    assertThatThrownBy(() -> Measures.parse("cka[kernel=cubic]"))
        .hasMessageContaining("linear | rbf");
  }

  @Test
  void everyEntryDescribesItself() {
    HashSet<String> names = new HashSet<>();
    for (CatalogueEntry entry : Measures.all()) {
      assertThat(names.add(entry.name())).as(entry.name() + " is listed once").isTrue();
      MeasureInfo info = entry.info();
      assertThat(info.specification()).isEqualTo(entry.name());
      assertThat(info.summary()).isNotBlank();
      assertThat(info.choice())
          .as(entry.name() + ": when to choose it, and when not, in one line")
          .containsPattern("\\bnot\\b")
          .doesNotContain("\n")
          .hasSizeLessThan(300);
      assertThat(info.policy()).isNotBlank();
      assertThat(info.source()).isNotBlank();
      assertThat(info.minimum()).isLessThan(info.maximum());
      for (Parameter parameter : entry.parameters()) {
        assertThat(parameter.description()).isNotBlank();
        assertThat(parameter.canonical(entry.name(), parameter.defaultValue()))
            .isEqualTo(parameter.defaultValue());
      }
    }
  }

  @Test
  void aMeasureWithoutItsChoiceIsRefused() {
    MeasureInfo.Builder silent =
        MeasureInfo.similarity("silent", 0, 1).summary("A sentence.").policy("p").source("s");
    assertThatThrownBy(silent::build).hasMessageContaining("silent").hasMessageContaining("choose");
    assertThatThrownBy(silent.choice(" ")::build).hasMessageContaining("choose");
    assertThat(silent.choice("Always; not never.").build().choice())
        .isEqualTo("Always; not never.");
  }
}
