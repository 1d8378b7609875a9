package dev.kindred.study;

/**
 * What there is to see in a figure.
 *
 * @param paper what the work saw, in a sentence
 * @param here what is seen here, computed from the data at hand; in lines, where it is much
 */
public record Reading(String paper, String here) {
  @Override
  public String toString() {
    return "The paper: " + paper + "\nHere: " + here;
  }
}
