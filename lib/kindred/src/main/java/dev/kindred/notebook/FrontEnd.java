package dev.kindred.notebook;

/** Where a notebook's output goes: a kernel, or the console where there is none. */
interface FrontEnd {
  /** What it is, for people. */
  String name();

  /** Makes the library's types appear as {@link Renderers} says, results of cells included. */
  void register();

  /**
   * Shows something.
   *
   * @param id under which it can be updated, or null
   */
  void show(Rendering rendering, String id);

  /** Replaces what was shown under an id. */
  void update(Rendering rendering, String id);

  /** Whether {@link #update} replaces what was shown. */
  boolean updates();
}
