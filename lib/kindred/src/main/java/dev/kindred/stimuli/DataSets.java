package dev.kindred.stimuli;

import dev.kindred.base.Progress;
import dev.kindred.stimuli.decode.Framing;
import dev.kindred.stimuli.files.DataSettings;
import dev.kindred.stimuli.files.DownloadSettings;
import dev.kindred.stimuli.files.Manifest;
import java.util.ArrayList;
import java.util.List;

/**
 * Image data sets by name, as manifests describe them; see {@link DataLibrary}, which this is with
 * the settings of the environment ({@link DataSettings#fromEnvironment()}).
 */
public final class DataSets {
  private DataSets() {}

  /** The data sets of this machine's environment. */
  public static DataLibrary library() {
    return new DataLibrary(DataSettings.fromEnvironment(), DownloadSettings.standard());
  }

  /**
   * Names of all image data sets: those that are drawn ({@link ImageSets#generatedNames()}), then
   * those that manifests describe, whether their files are here or not.
   */
  public static List<String> names() {
    List<String> names = new ArrayList<>(ImageSets.generatedNames());
    for (Manifest manifest : library().list()) {
      if (manifest.images().isPresent() && !names.contains(manifest.name())) {
        names.add(manifest.name());
      }
    }
    return names;
  }

  /** Opens a split with the images as the manifest frames them. */
  public static ImageSet open(String name, String split) {
    return library().open(name, split, Progress.standard());
  }

  /** Opens a split with the images brought to the given size. */
  public static ImageSet open(String name, String split, Framing framing) {
    return library().open(name, split, framing, Progress.standard());
  }

  /** Opens the training and the test images; see {@link DataLibrary#trainAndTest}. */
  public static TrainAndTest trainAndTest(String name) {
    return library().trainAndTest(name, Progress.standard());
  }
}
