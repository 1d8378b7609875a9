package dev.kindred.study.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * A study whose results can be stored: made file by file at any size, opened again within seconds.
 * Settings are texts by name; equal settings give equal results.
 */
public interface StorableStudy {
  /** The name of the study, as the command {@code study} takes it. */
  String name();

  /** Raised when the same settings give other results, or other files. */
  int revision();

  /** The command that makes the study with these settings. */
  String command(SortedMap<String, String> settings);

  /** What making the study will take here, in lines; none where that is not known. */
  default List<String> forecast(SortedMap<String, String> settings) {
    return List.of();
  }

  /** Opens the input of the study; what this computes is kept in the store. */
  Making open(SortedMap<String, String> settings);

  /**
   * Computes a sample of a stored study anew, from nothing that was kept.
   *
   * @param settings the study's, perhaps with the input in another place
   * @param seed draws the sample
   */
  List<Check> verify(StoredStudy stored, SortedMap<String, String> settings, long seed);

  /** A study with its input open. */
  interface Making {
    /** What it is made of: name → number, such as models. */
    Map<String, Long> sizes();

    /** Names of the files, in the order in which they are made; no folders. */
    List<String> files();

    /**
     * Whether a file is made from others, as tables of results are. It is made once all that are
     * not are finished; several processes make the others in any order.
     */
    boolean isDerived(String name);

    /**
     * Computes a file.
     *
     * @param name one of {@link #files()}
     * @param target where to write it
     * @param before if it {@linkplain #isDerived is derived}, all files that are not; else none
     */
    void write(String name, Path target, StoredStudy before) throws IOException;
  }

  /**
   * Something that was computed again.
   *
   * @param what what it is
   * @param stored what the stored study has
   * @param here what was found
   * @param agrees whether they are the same, up to rounding
   */
  record Check(String what, String stored, String here, boolean agrees) {}
}
