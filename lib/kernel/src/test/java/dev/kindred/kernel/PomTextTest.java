package dev.kindred.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class PomTextTest {
  private static final String ENDS =
      "<modelVersion>4.0.0</modelVersion><groupId>notebook</groupId>"
          + "<artifactId>notebook</artifactId><version>0</version></project>";

  @Test
  void partsAreCollectedInTheirLists() throws IOException {
    assertThat(
            PomText.complete(
                """
                <repository><id>r</id></repository>
                <dependency><groupId>a&amp;b</groupId></dependency>
                <dependencies><dependency><groupId>c</groupId></dependency></dependencies>
                <properties><p>1</p></properties>
                """))
        .isEqualTo(
            "<project><repositories><repository><id>r</id></repository></repositories>"
                + "<dependencies><dependency><groupId>a&amp;b</groupId></dependency>"
                + "<dependency><groupId>c</groupId></dependency></dependencies>"
                + "<properties><p>1</p></properties>"
                + ENDS);
    assertThat(PomText.complete("<groupId>mine</groupId>"))
        .isEqualTo(
            "<project><groupId>mine</groupId><modelVersion>4.0.0</modelVersion>"
                + "<artifactId>notebook</artifactId><version>0</version></project>");
  }

  @Test
  void aWholeProjectStaysAsItIs() throws IOException {
    String whole =
        "<?xml version=\"1.0\"?>\n<project>\n<!-- mine --><version>1</version></project>";
    assertThat(PomText.complete("\n" + whole + "\n")).isEqualTo(whole);
  }

  @Test
  void anythingElseIsAnError() {
    assertThatThrownBy(() -> PomText.complete("<dependency>"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("not a part of a POM: ");
    assertThatThrownBy(() -> PomText.complete("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///'>]>&b;"))
        .isInstanceOf(IOException.class);
  }
}
