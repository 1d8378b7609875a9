package dev.kindred.network.training;

import dev.kindred.base.InputException;
import dev.kindred.stimuli.ImageSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** The captions of a data set as numbers of words; 0 fills short ones up. */
final class Captions {
  private final long[][] tokens;
  private final int words;
  private final int length;

  private Captions(long[][] tokens, int words, int length) {
    this.tokens = tokens;
    this.words = words;
    this.length = length;
  }

  static Captions of(ImageSet data) {
    List<String[]> split = new ArrayList<>();
    TreeMap<String, Integer> vocabulary = new TreeMap<>();
    int length = 1;
    for (int i = 0; i < data.size(); i++) {
      String id = data.stimulusId(i);
      String caption =
          data.caption(i)
              .orElseThrow(
                  () ->
                      new InputException(
                          data.name() + ": image " + id + " has no caption, which text needs"));
      String[] words =
          Arrays.stream(caption.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
              .filter(word -> !word.isEmpty())
              .toArray(String[]::new);
      for (String word : words) {
        vocabulary.put(word, 0);
      }
      length = Math.max(length, words.length);
      split.add(words);
    }
    int number = 1;
    for (var entry : vocabulary.entrySet()) {
      entry.setValue(number++);
    }
    long[][] tokens = new long[split.size()][length];
    for (int i = 0; i < tokens.length; i++) {
      String[] words = split.get(i);
      for (int w = 0; w < words.length; w++) {
        tokens[i][w] = vocabulary.get(words[w]);
      }
    }
    return new Captions(tokens, number, length);
  }

  /** The words of a caption, {@link #length} numbers; not to be changed. */
  long[] of(int image) {
    return tokens[image];
  }

  /** Number of different words, the empty one among them. */
  int words() {
    return words;
  }

  /** Words of the longest caption. */
  int length() {
    return length;
  }
}
