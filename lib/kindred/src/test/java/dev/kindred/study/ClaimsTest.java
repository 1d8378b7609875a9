package dev.kindred.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClaimsTest {
  private static final DecisionRule ABOVE = new DecisionRule.Above(0);

  /** A resampling whose quantities are their own values, with an error of 1. */
  private static Claims.Resampling<Double> noting(List<List<Double>> calls) {
    return quantities -> {
      calls.add(List.copyOf(quantities));
      return quantities.stream()
          .map(value -> new Estimate(value, 1, 100, Estimate.Scale.PLAIN, Optional.empty()))
          .toList();
    };
  }

  @Test
  void allClaimsAreDecidedOnTheSameReplicatesInTheirOrder() {
    List<List<Double>> calls = new ArrayList<>();
    List<List<Double>> others = new ArrayList<>();
    Claims<Double> claims = new Claims<>(noting(calls));
    claims.define("first", "p").published(0.5).decide("q", ABOVE, List.of(9.0, 8.0));
    claims.define("other", "p").over(noting(others)).decide("q", ABOVE, List.of(-7.0));
    claims.define("none", "p").decide("q", ABOVE, List.of());
    claims.define("undefined", "p").decide("q", ABOVE, List.of(6.0, Double.NaN));
    claims.define("last", "p").decide("q", new DecisionRule.Below(0), List.of(-6.0));
    List<Claim> decided = claims.decide();
    assertThat(calls).containsExactly(List.of(9.0, 8.0, 6.0, Double.NaN, -6.0));
    assertThat(others).containsExactly(List.of(-7.0));
    assertThat(decided)
        .extracting(claim -> claim.statement() + " " + claim.verdict())
        .containsExactly(
            "first reproduced",
            "other not reproduced",
            "none not testable here",
            "undefined not testable here",
            "last reproduced");
    assertThat(decided.get(0).evidence().value()).as("the closest part").isEqualTo(8);
    assertThat(decided.get(0).value()).hasValue(0.5);
  }
}
