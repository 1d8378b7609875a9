package dev.kindred.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
    assertThatThrownBy(() -> Measures.parse("cca[kernel=rbf]"))
        .hasMessage("cca: there is no parameter kernel; there are [summary]");
    assertThatThrownBy(() -> Measures.parse("bures[kernel=rbf]"))
        .hasMessage("bures: there is no parameter kernel; it has none");
  }

  /** What people read of a parameter is what it takes. */
  @Test
  void parametersSayWhatTheyMayBe() {
    Parameter word = Parameter.choice("kernel", "d", "linear", "rbf");
    Parameter flag = Parameter.flag("exact", "d", false);
    Parameter number = Parameter.number("ridge", "d", "gcv", 0, "gcv");
    Parameter positive = Parameter.number("sigma", "d", "0.4", Double.MIN_VALUE);
    Parameter any = Parameter.number("shift", "d", "0", Double.NEGATIVE_INFINITY);
    Parameter whole = Parameter.integer("k", "d", "10", 1);
    Parameter file = Parameter.file("labels", "d", "none");
    assertThat(word.values()).isEqualTo("linear | rbf");
    assertThat(flag.values()).isEqualTo("true | false");
    assertThat(flag.defaultValue()).isEqualTo("false");
    assertThat(number.values()).isEqualTo("number ≥ 0 | gcv");
    assertThat(positive.values()).isEqualTo("number > 0");
    assertThat(any.values()).isEqualTo("number");
    assertThat(whole.values()).isEqualTo("integer ≥ 1");
    assertThat(file.values()).isEqualTo("file | none");
    assertThat(number.canonical("m", "0")).isEqualTo("0");
    assertThat(number.canonical("m", "2.50")).isEqualTo("2.5");
    assertThat(number.canonical("m", "1e15")).isEqualTo("1.0E15");
    assertThat(number.canonical("m", "1e14")).isEqualTo("100000000000000");
    assertThat(any.canonical("m", "-3.0")).isEqualTo("-3");
    assertThat(whole.canonical("m", "2147483647")).isEqualTo("2147483647");
    assertThat(file.canonical("m", "a.npy")).isEqualTo("a.npy");
    for (String wrong : List.of("2147483648", "0", "-1", "1.5", "ten", "NaN", "Infinity", "")) {
      assertThatThrownBy(() -> whole.canonical("m", wrong))
          .isInstanceOf(InputException.class)
          .hasMessage("m: k=" + wrong + " is not possible; expected integer ≥ 1");
    }
    assertThatThrownBy(() -> file.canonical("m", " ")).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> word.canonical("m", "3")).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> positive.canonical("m", "0")).isInstanceOf(InputException.class);
  }

  @Test
  void argumentsTellWhatWasChosen() {
    List<Parameter> parameters =
        List.of(Parameter.integer("k", "d", "10", 1), Parameter.flag("exact", "d", true));
    Arguments arguments = new Arguments("m", parameters, Map.of("k", "12", "exact", "true"));
    assertThat(arguments.integer("k")).isEqualTo(12);
    assertThat(arguments.number("k")).isEqualTo(12.0);
    assertThat(arguments.flag("exact")).isTrue();
    assertThat(arguments.is("exact", "true")).isTrue();
    assertThat(arguments.is("exact", "false")).isFalse();
    assertThat(arguments.differs("k")).isTrue();
    assertThat(arguments.differs("exact")).isFalse();
    assertThat(arguments.specification()).isEqualTo("m[k=12]");
    arguments.refuse("exact", "here");
    assertThatThrownBy(() -> arguments.refuse("k", "here"))
        .isInstanceOf(InputException.class)
        .hasMessage("m: k has no meaning here");
    assertThatThrownBy(() -> arguments.text("j")).hasMessage("m has no parameter j");
  }

  @Test
  void everyEntryDescribesItself() {
    HashSet<String> names = new HashSet<>();
    assertThat(Measures.all()).hasSizeGreaterThanOrEqualTo(45);
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
