package dev.kindred.study.behaviour;

import java.util.ArrayList;
import java.util.List;

/**
 * What people and networks named on one set of images.
 *
 * @param name of the set, as the public files have it
 * @param levels of the distortion, in its order; those that have images
 * @param counted whether a level counts in the mean of the set: it is distorted, and not so hard
 *     that hardly an answer is right
 * @param images places of the images of every level
 * @param people at least one
 * @param networks any number
 */
record BehaviourSet(
    String name,
    List<String> levels,
    boolean[] counted,
    int[][] images,
    List<DecisionMaker> people,
    List<DecisionMaker> networks) {

  BehaviourSet with(List<DecisionMaker> otherPeople, List<DecisionMaker> otherNetworks) {
    return new BehaviourSet(name, levels, counted, images, otherPeople, otherNetworks);
  }

  /** People first. */
  DecisionMaker maker(int index) {
    return index < people.size() ? people.get(index) : networks.get(index - people.size());
  }

  int makers() {
    return people.size() + networks.size();
  }

  /**
   * Which decision-makers are compared.
   *
   * @param row 0 for people among themselves, then the networks, each with all people
   */
  List<int[]> pairs(int row) {
    List<int[]> pairs = new ArrayList<>();
    for (int person = 0; person < people.size(); person++) {
      if (row > 0) {
        pairs.add(new int[] {person, people.size() + row - 1});
      } else {
        for (int other = 0; other < person; other++) {
          pairs.add(new int[] {person, other});
        }
      }
    }
    return pairs;
  }
}
