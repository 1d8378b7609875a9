package dev.kindred.study;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The claims of a work. Each is defined, by quantities and a rule, before anything is computed;
 * then all are decided on shared replicates, so that no claim has its own luck.
 *
 * @param <Q> a quantity, as the work draws its replicates of it
 */
public final class Claims<Q> {
  /** Gives quantities their errors, all over the same replicates. */
  @FunctionalInterface
  public interface Resampling<Q> {
    /**
     * @return an estimate for each quantity, in their order
     */
    List<Estimate> estimates(List<Q> quantities);
  }

  private final Resampling<Q> usual;
  private final List<Definition> definitions = new ArrayList<>();

  /**
   * @param usual the replicates on which claims are decided that name no others
   */
  public Claims(Resampling<Q> usual) {
    this.usual = usual;
  }

  /**
   * Begins a claim; {@link Definition#decide} ends it.
   *
   * @param statement what the work says
   * @param published where it is said, or the published value in words
   */
  public Definition define(String statement, String published) {
    Definition definition = new Definition(statement, published);
    definitions.add(definition);
    return definition;
  }

  /** A claim before it is decided. */
  public final class Definition {
    private final String statement;
    private final String published;
    private OptionalDouble value = OptionalDouble.empty();
    private Resampling<Q> resampling = usual;
    private String quantity;
    private DecisionRule rule;
    private List<Q> parts = List.of();

    private Definition(String statement, String published) {
      this.statement = statement;
      this.published = published;
    }

    /** The published value of the quantity. */
    public Definition published(double number) {
      value = OptionalDouble.of(number);
      return this;
    }

    /** Decided on other replicates than the usual ones. */
    public Definition over(Resampling<Q> other) {
      resampling = other;
      return this;
    }

    /**
     * @param measured the quantity in words
     * @param by the rule
     * @param of its parts; none where the data do not have what the claim speaks of
     */
    public void decide(String measured, DecisionRule by, List<Q> of) {
      quantity = measured;
      rule = by;
      parts = of;
    }

    private Claim judged(Map<Q, Estimate> estimates) {
      List<Estimate> own = parts.stream().map(estimates::get).toList();
      boolean occurs = !own.isEmpty() && own.stream().noneMatch(e -> Double.isNaN(e.value()));
      return new Claim(
          statement, published, value, quantity, rule, occurs ? rule.judge(own) : Evidence.NONE);
    }
  }

  /** Decides all claims, in the order of their definitions. */
  public List<Claim> decide() {
    Map<Q, Estimate> estimates = new IdentityHashMap<>();
    for (Resampling<Q> resampling :
        definitions.stream().map(d -> d.resampling).distinct().toList()) {
      List<Q> quantities =
          definitions.stream()
              .filter(definition -> definition.resampling == resampling)
              .flatMap(definition -> definition.parts.stream())
              .toList();
      if (!quantities.isEmpty()) {
        List<Estimate> found = resampling.estimates(quantities);
        for (int i = 0; i < quantities.size(); i++) {
          estimates.put(quantities.get(i), found.get(i));
        }
      }
    }
    return definitions.stream().map(definition -> definition.judged(estimates)).toList();
  }
}
