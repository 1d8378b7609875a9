package dev.kindred.study.convergence;

import dev.kindred.base.Checksums;
import dev.kindred.base.InputException;
import dev.kindred.base.Provenance;
import dev.kindred.network.Descriptor;
import dev.kindred.network.Network;
import dev.kindred.network.StoredNetwork;
import dev.kindred.network.TorchScriptModel;
import dev.kindred.stimuli.files.DataSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A network with public weights, as a TorchScript module {@code models/<name>.torchscript.pt} below
 * a folder of {@code KINDRED_MIRROR} or that of downloaded data. It gives the logits, then the
 * output of every stage.
 *
 * @param name of the network
 * @param file the module
 */
record PublicNetwork(String name, Path file) implements NetworkGroup {
  /** The residual networks of 20 and 56 layers that were trained on CIFAR-10. */
  static final List<String> NAMES = List.of("cifar10-resnet20", "cifar10-resnet56");

  /** In place of names, where a study goes without. */
  static final String NONE = "none";

  static final List<String> STAGES = List.of("stage1", "stage2", "stage3");
  private static final Descriptor DESCRIPTOR =
      Descriptor.imagenet(
          32, Stream.concat(Stream.of(Network.LOGITS), STAGES.stream()).toArray(String[]::new));

  /** The classes of CIFAR-10. */
  static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  /**
   * The networks of a setting.
   *
   * @param setting names, with commas between them, or {@link #NONE}
   * @throws InputException if there is no such network, or its module is not on this machine
   */
  static List<PublicNetwork> all(String setting, DataSettings places) {
    if (setting.equals(NONE)) {
      return List.of();
    }
    List<String> names = List.of(setting.split(","));
    if (names.contains(NONE)) {
      throw new InputException(
          "--public: expected " + NONE + " alone or names without it, found " + setting);
    }
    return names.stream().distinct().map(name -> find(name, places)).toList();
  }

  private static PublicNetwork find(String name, DataSettings places) {
    if (!NAMES.contains(name)) {
      throw new InputException(
          "--public: expected "
              + NONE
              + " or some of "
              + String.join(",", NAMES)
              + ", found "
              + name);
    }
    List<Path> folders = new ArrayList<>(places.mirrors());
    folders.add(places.cache());
    List<Path> files =
        folders.stream()
            .map(folder -> folder.resolve("models").resolve(name + ".torchscript.pt"))
            .toList();
    return files.stream()
        .filter(Files::isRegularFile)
        .findFirst()
        .map(file -> new PublicNetwork(name, file))
        .orElseThrow(
            () ->
                new InputException(
                    "public network "
                        + name
                        + ": expected "
                        + String.join(" or ", files.stream().map(Path::toString).toList())
                        + ", found none; put it there, or go without by --public "
                        + NONE));
  }

  @Override
  public List<String> layers() {
    return STAGES;
  }

  @Override
  public boolean isSupervised() {
    return true;
  }

  /** Whether images are of its classes, so that its answers are right or wrong. */
  boolean knows(List<String> classes) {
    return classes.equals(CLASSES);
  }

  /** What its weights are, whoever has them. */
  String sha256() {
    try {
      return Checksums.sha256(file);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** As a study keeps it: the network that its bytes are. */
  StoredNetwork stored() {
    return new StoredNetwork(
        name,
        Provenance.of("TorchScript", Map.of("sha256", sha256(), "descriptor", DESCRIPTOR)),
        () -> TorchScriptModel.load(file, DESCRIPTOR));
  }
}
