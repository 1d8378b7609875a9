package dev.kindred.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasureFactoriesTest {
  private static final Path SOURCE =
      Path.of("src/main/java/dev/kindred/measure/MeasureFactories.java");
  private static final Path MADE = Path.of("target/MeasureFactories.java");

  @Test
  void theSourceIsThatOfTheCatalogue() throws Exception {
    String made = MeasureFactoriesSource.of(Measures.all());
    Files.writeString(MADE, made);
    assertThat(bare(Files.readString(SOURCE)))
        .as("copy lib/kindred/%s to %s and run mvn spotless:apply", MADE, SOURCE)
        .isEqualTo(bare(made));
  }

  /** Without what the formatter decides. */
  private static String bare(String source) {
    return source.replaceAll("\\s+\\*(?!/)", "").replaceAll("\\s+", "");
  }

  @Test
  void choicesAreTheSpecificationsOfTheCatalogue() {
    assertThat(Measures.cka()).hasToString("cka");
    assertThat(Measures.cka().rbf(0.4).unit()).hasToString("cka[kernel=rbf,sigma=0.4,rows=unit]");
    assertThat(Measures.cka().biased().unbiased()).hasToString("cka");
    assertThat(Measures.rsa().euclidean()).hasToString("rsa[rdm=euclidean]");
    assertThat(Measures.mutualKnn().k(5)).hasToString("mutual-knn[k=5]");
    assertThat(Measures.bures()).hasToString("bures");
  }

  @Test
  void aChoiceIsNotChangedByTheNext() {
    var cka = Measures.cka();
    cka.biased();
    assertThat(cka).hasToString("cka");
  }

  @Test
  void whatTheCatalogueRefusesIsRefused() {
    var sigma = Measures.cka().sigma(-1);
    assertThatThrownBy(sigma::measure)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("sigma=-1.0 is not possible");
  }

  /**
   * Every method of every choice, with a value of its type, names a parameter and value there is.
   */
  @Test
  void everyMethodOfEveryChoiceIsInTheCatalogue() throws Exception {
    List<String> factories = new ArrayList<>();
    for (Method factory : MeasureFactories.class.getDeclaredMethods()) {
      MeasureChoice<?> choice = (MeasureChoice<?>) factory.invoke(null);
      factories.add(choice.toString());
      for (Method method : choice.getClass().getDeclaredMethods()) {
        if (choice.getClass() != MeasureChoice.class
            && Modifier.isPublic(method.getModifiers())
            && method.getParameterCount() == 0) {
          Object next = method.invoke(choice);
          assertThat(next).isInstanceOf(choice.getClass());
        }
      }
    }
    assertThat(factories)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Measures.all().toArray(CatalogueEntry[]::new))
                .map(entry -> entry.info().specification())
                .toList());
  }
}
