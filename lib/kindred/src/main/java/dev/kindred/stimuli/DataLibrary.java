package dev.kindred.stimuli;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.stimuli.decode.Framing;
import dev.kindred.stimuli.files.DataFiles;
import dev.kindred.stimuli.files.DataSettings;
import dev.kindred.stimuli.files.DownloadSettings;
import dev.kindred.stimuli.files.Downloader;
import dev.kindred.stimuli.files.FileObject;
import dev.kindred.stimuli.files.ImageLayout;
import dev.kindred.stimuli.files.Manifest;
import dev.kindred.stimuli.files.Manifests;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The data sets that manifests describe: listing, fetching, verifying and opening them. */
final class DataLibrary {
  /** Share of the images that go to the test where a data set comes without such a split. */
  private static final double TEST_SHARE = 0.2;

  private static final long SPLIT_SEED = 42;

  private final Manifests manifests;
  private final DataFiles files;
  private final Path scratch;

  DataLibrary(DataSettings settings, DownloadSettings downloads) {
    this.manifests = new Manifests(settings.manifests());
    this.files = new DataFiles(settings, new Downloader(downloads));
    this.scratch = settings.cache().resolve("expanded");
  }

  /** All manifests, sorted by name. */
  List<Manifest> list() {
    return manifests.all();
  }

  /** Names of the image data sets whose files are all on this machine, sorted. */
  List<String> present() {
    return list().stream()
        .filter(manifest -> manifest.images().isPresent())
        .map(Manifest::name)
        .filter(
            name ->
                verify(name).stream().allMatch(file -> file.state() == DataFiles.State.VERIFIED))
        .toList();
  }

  /** The manifest of that name. */
  Manifest manifest(String name) {
    return manifests.find(name);
  }

  /**
   * Fails unless a manifest describes images under that name; downloads nothing.
   *
   * @throws InputException with the names that there are
   */
  void requireImages(String name) {
    requireImages(manifests.find(name));
  }

  /**
   * Downloads what is missing of a data set and verifies all of it.
   *
   * @return the files, in the order of the manifest
   */
  List<Path> fetch(String name, Progress progress) {
    Manifest manifest = manifests.find(name);
    return files.require(manifest, manifest.wholeFiles(), progress);
  }

  /** How every file of a data set stands on this machine; downloads nothing. */
  List<DataFiles.Finding> verify(String name) {
    Manifest manifest = manifests.find(name);
    return manifest.wholeFiles().stream().map(file -> files.inspect(manifest, file)).toList();
  }

  /** Opens a split with the images as the manifest frames them. */
  ImageSet open(String name, String split, Progress progress) {
    return open(name, split, Optional.empty(), progress);
  }

  /** Opens a split with the images brought to the given size. */
  ImageSet open(String name, String split, Framing framing, Progress progress) {
    return open(name, split, Optional.of(framing), progress);
  }

  private ImageSet open(String name, String split, Optional<Framing> framing, Progress progress) {
    Manifest manifest = manifests.find(name);
    ImageLayout layout = requireImages(manifest);
    if (!layout.splits().containsKey(split)) {
      throw new InputException(
          name
              + " has no split "
              + split
              + ", only "
              + String.join(", ", layout.splits().keySet())
              + (layout.splits().size() == 1 ? "; trainAndTest splits it by class" : ""));
    }
    DataSetOpener opener = new DataSetOpener(manifest, layout, split, framing, scratch);
    List<FileObject> needed = opener.needed();
    return opener.open(needed, files.require(manifest, needed, progress));
  }

  /**
   * The images to learn from and those to be judged by. Where the data set has only one split, it
   * is split by class with a fixed seed: of every class, 20 % (rounded) go to the test. Test images
   * of classes that no training image shows are {@linkplain TrainAndTest#withoutUnseenClasses left
   * out}.
   */
  TrainAndTest trainAndTest(String name, Progress progress) {
    Set<String> splits = requireImages(manifests.find(name)).splits().keySet();
    if (splits.contains("train") && splits.contains("test")) {
      return new TrainAndTest(open(name, "train", progress), open(name, "test", progress))
          .withoutUnseenClasses();
    }
    if (splits.size() != 1) {
      throw new InputException(name + " has neither train and test nor a single split: " + splits);
    }
    ImageSet all = open(name, splits.iterator().next(), progress);
    return Sampling.splitByClass(all, TEST_SHARE, new Seeds(SPLIT_SEED));
  }

  private static ImageLayout requireImages(Manifest manifest) {
    return manifest
        .images()
        .orElseThrow(
            () ->
                new InputException(
                    manifest.name() + " is a published result, not a set of images"));
  }
}
