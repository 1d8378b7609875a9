package dev.kindred.base;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a value comes from: what made it, with which parameters (seeds, versions, checksums of
 * files among them), from which inputs. Two values with equal provenance are equal.
 *
 * @param operation what was done, such as {@code read npy} or {@code cka}
 * @param parameters everything that the result depends on beside its inputs, sorted by name
 * @param inputs where the inputs come from
 */
public record Provenance(
    String operation, SortedMap<String, String> parameters, List<Provenance> inputs) {

  public Provenance {
    parameters = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    inputs = List.copyOf(inputs);
  }

  public static Provenance of(String operation, Map<String, ?> parameters, Provenance... inputs) {
    SortedMap<String, String> sorted = new TreeMap<>();
    parameters.forEach((name, value) -> sorted.put(name, String.valueOf(value)));
    return new Provenance(operation, sorted, List.of(inputs));
  }

  public static Provenance of(String operation, Provenance... inputs) {
    return of(operation, Map.of(), inputs);
  }

  /** One line, {@code operation[name=value, …](inputs)}; equal provenances have equal text. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(operation);
    if (!parameters.isEmpty()) {
      text.append(parameters.toString().replace('{', '[').replace('}', ']'));
    }
    if (!inputs.isEmpty()) {
      text.append('(');
      for (int i = 0; i < inputs.size(); i++) {
        text.append(i == 0 ? "" : ", ").append(inputs.get(i));
      }
      text.append(')');
    }
    return text.toString();
  }
}
