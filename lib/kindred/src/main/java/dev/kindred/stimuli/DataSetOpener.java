package dev.kindred.stimuli;

import dev.kindred.base.InputException;
import dev.kindred.base.Provenance;
import dev.kindred.stimuli.decode.Archive;
import dev.kindred.stimuli.decode.DataFile;
import dev.kindred.stimuli.decode.Entry;
import dev.kindred.stimuli.decode.Framing;
import dev.kindred.stimuli.decode.ImageSource;
import dev.kindred.stimuli.decode.JoinedImages;
import dev.kindred.stimuli.decode.Records;
import dev.kindred.stimuli.files.Checksum;
import dev.kindred.stimuli.files.FileObject;
import dev.kindred.stimuli.files.FileSet;
import dev.kindred.stimuli.files.ImageLayout;
import dev.kindred.stimuli.files.Manifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Opens one split of one data set: which files it needs, and how they become images. */
final class DataSetOpener {
  private final Manifest manifest;
  private final ImageLayout layout;
  private final String splitName;
  private final ImageLayout.Split split;
  private final Optional<Framing> wantedFraming;
  private final Path scratch;
  private final Map<String, Path> paths = new HashMap<>();
  private final Map<String, Archive> archives = new LinkedHashMap<>();

  DataSetOpener(
      Manifest manifest,
      ImageLayout layout,
      String splitName,
      Optional<Framing> framing,
      Path scratch) {
    this.manifest = manifest;
    this.layout = layout;
    this.splitName = splitName;
    this.split = layout.splits().get(splitName);
    this.wantedFraming = framing;
    this.scratch = scratch;
  }

  /** The whole files that must be there before the split can be opened. */
  List<FileObject> needed() {
    Set<String> ids = new LinkedHashSet<>(split.files());
    split.chosen().ifPresent(list -> ids.add(list.file()));
    split.annotations().ifPresent(table -> ids.add(table.file()));
    layout.classIds().file().ifPresent(ids::add);
    layout.classNames().file().ifPresent(ids::add);
    Set<FileObject> whole = new LinkedHashSet<>();
    for (String id : ids) {
      String archive =
          manifest
              .set(id)
              .map(FileSet::containedIn)
              .orElseGet(() -> manifest.requireFile(id).containedIn().orElse(id));
      whole.add(manifest.requireFile(archive));
    }
    return List.copyOf(whole);
  }

  /** Opens the split from its verified files, in the order of {@link #needed()}. */
  ImageSet open(List<FileObject> needed, List<Path> files) {
    for (int i = 0; i < needed.size(); i++) {
      paths.put(needed.get(i).id(), files.get(i));
    }
    ImageSource source = source();
    if (source.size() == 0) {
      throw new InputException(where() + ": has no images");
    }
    Framing framing = wantedFraming.orElseGet(this::defaultFraming);
    int[] shape = shape(source, framing);
    if (framing.isAsStored() && shape.length == 0) {
      framing = SharedSize.framing(source, where());
      shape = shape(source, framing);
    }
    return new DataSetImages(
        where(),
        source,
        framing,
        shape[0],
        shape[1],
        layout.channels() != 0 ? layout.channels() : source.shape(0)[2],
        layout.category(),
        provenance(needed, framing));
  }

  private String where() {
    return manifest.name() + " " + splitName;
  }

  private Framing defaultFraming() {
    return new Framing(layout.resize(), layout.crop(), Framing.asStored().interpolation());
  }

  /** Width and height of all images, or nothing if only a look at all of them can tell. */
  private int[] shape(ImageSource source, Framing framing) {
    if (framing.crop() > 0) {
      return new int[] {framing.crop(), framing.crop()};
    }
    if (framing.isAsStored() && layout.width() > 0 && layout.height() > 0) {
      return new int[] {layout.width(), layout.height()};
    }
    if (!layout.decoder().equals("image-folder") && framing.isAsStored()) {
      return source.shape(0);
    }
    if (framing.isAsStored()) {
      return new int[0];
    }
    throw new InputException(where() + ": a resize needs a crop, so that all images get one size");
  }

  private Provenance provenance(List<FileObject> needed, Framing framing) {
    TreeMap<String, String> parameters = new TreeMap<>();
    parameters.put("name", manifest.name());
    parameters.put("split", splitName);
    parameters.put("version", manifest.version());
    for (FileObject file : needed) {
      parameters.put(
          "file " + file.id(), file.checksum().map(Checksum::toString).orElse("unknown checksum"));
    }
    if (!framing.isAsStored()) {
      parameters.put("resize", String.valueOf(framing.resize()));
      parameters.put("crop", String.valueOf(framing.crop()));
      parameters.put(
          "interpolation", framing.interpolation().name().toLowerCase(java.util.Locale.ROOT));
    }
    return Provenance.of("data set", parameters);
  }

  private ImageSource source() {
    return switch (layout.decoder()) {
      case "cifar-binary" -> cifar();
      case "idx" -> Records.idx(split.files().stream().map(this::file).toList(), classNames());
      case "stl10-binary" -> stl10();
      case "svhn-mat" ->
          JoinedImages.of(
              split.files().stream().map(id -> Records.svhn(file(id), classNames())).toList());
      case "npz" -> npz();
      case "image-folder" -> folder();
      default ->
          throw new InputException(
              manifest.origin()
                  + ": expected the decoder cifar-binary, idx, image-folder, svhn-mat, stl10-binary"
                  + " or npz, found "
                  + layout.decoder());
    };
  }

  private ImageSource cifar() {
    int labelBytes = Math.max(1, layout.labels().size());
    int index = 0;
    if (layout.label().isPresent()) {
      index = layout.labels().indexOf(layout.label().get());
      if (index < 0) {
        throw new InputException(
            manifest.origin()
                + ": label "
                + layout.label().get()
                + " is not among the labels "
                + layout.labels());
      }
    } else if (labelBytes > 1) {
      throw new InputException(
          manifest.origin() + ": which of the labels " + layout.labels() + " is the class?");
    }
    requireShape();
    List<ImageSource> parts = new ArrayList<>();
    for (String id : split.files()) {
      parts.add(
          Records.cifar(
              file(id),
              layout.width(),
              layout.height(),
              layout.channels(),
              labelBytes,
              index,
              classNames()));
    }
    return JoinedImages.of(parts);
  }

  private ImageSource stl10() {
    requireShape();
    if (split.files().isEmpty() || split.files().size() > 2) {
      throw new InputException(
          manifest.origin() + ": split " + splitName + ": expected images and, maybe, labels");
    }
    return Records.stl10(
        file(split.files().get(0)),
        split.files().size() == 2 ? Optional.of(file(split.files().get(1))) : Optional.empty(),
        layout.width(),
        layout.height(),
        layout.channels(),
        classNames());
  }

  private ImageSource npz() {
    if (split.files().size() != 2) {
      throw new InputException(
          manifest.origin()
              + ": split "
              + splitName
              + ": expected an array of images and of labels");
    }
    return Records.npz(file(split.files().get(0)), file(split.files().get(1)), classNames());
  }

  private ImageSource folder() {
    Map<String, List<Entry>> parts = new LinkedHashMap<>();
    for (String id : split.files()) {
      Optional<FileSet> set = manifest.set(id);
      List<Entry> entries = archive(set.map(FileSet::containedIn).orElse(id)).entries();
      parts.put(
          id,
          set.map(FileSet::filter)
              .map(filter -> entries.stream().filter(entry -> filter.test(entry.path())).toList())
              .orElse(entries));
    }
    ImageFolder folder = new ImageFolder(where(), layout, parts);
    split
        .chosen()
        .ifPresent(
            list -> {
              DataFile file = file(list.file());
              if (list.variable().isPresent()) {
                folder.chooseNumbers(file.matVariable(list.variable().get()), file.where());
              } else {
                folder.choosePaths(file.lines(), file.where());
              }
            });
    List<String> ids = names(layout.classIds());
    if (split.annotations().isPresent()) {
      ImageLayout.Annotations table = split.annotations().get();
      DataFile file = file(table.file());
      if (table.variable().isPresent()) {
        folder.labelByNumber(file.matVariable(table.variable().get()), file.where());
      } else {
        folder.labelByTable(file.lines(), table, file.where());
      }
    }
    return folder.build(ids, classNamesFor());
  }

  /** Names in the order of the labels, or by class id where the file has two columns. */
  private ImageFolder.ClassNames classNamesFor() {
    if (layout.classNames().file().isEmpty()) {
      return new ImageFolder.ClassNames(layout.classNames().given(), Map.of());
    }
    List<String> lines = file(layout.classNames().file().get()).lines();
    if (lines.isEmpty() || !lines.stream().allMatch(line -> line.indexOf('\t') > 0)) {
      return new ImageFolder.ClassNames(lines, Map.of());
    }
    Map<String, String> byId = new HashMap<>();
    for (String line : lines) {
      int tab = line.indexOf('\t');
      byId.put(line.substring(0, tab), line.substring(tab + 1));
    }
    return new ImageFolder.ClassNames(List.of(), byId);
  }

  private List<String> classNames() {
    return names(layout.classNames());
  }

  private List<String> names(ImageLayout.Names names) {
    return names.file().map(id -> file(id).lines()).orElse(names.given());
  }

  private DataFile file(String id) {
    FileObject file = manifest.requireFile(id);
    return file.containedIn()
        .map(archive -> DataFile.of(id, archive(archive), file.contentUrl(), scratch))
        .orElseGet(() -> DataFile.of(id, paths.get(id), scratch));
  }

  private Archive archive(String id) {
    return archives.computeIfAbsent(id, key -> Archive.open(paths.get(key), scratch));
  }

  private void requireShape() {
    if (layout.width() == 0 || layout.height() == 0 || layout.channels() == 0) {
      throw new InputException(
          manifest.origin() + ": " + layout.decoder() + " needs width, height and channels");
    }
  }
}
