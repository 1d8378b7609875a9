package dev.kindred.stimuli.files;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.kindred.base.InputException;
import dev.kindred.base.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads one manifest. Every error names the file and the property. */
final class ManifestReader {
  private static final long MAX_BYTES = 4 << 20;

  private final Path origin;

  ManifestReader(Path origin) {
    this.origin = origin;
  }

  Manifest read() {
    JsonObject root = parse();
    String name = text(root, "name", "");
    if (!name.matches("[A-Za-z0-9._-]+") || name.startsWith(".")) {
      throw bad("expected a name of letters, digits, '.', '_' and '-', found \"" + name + "\"");
    }
    List<FileObject> files = new ArrayList<>();
    List<FileSet> sets = new ArrayList<>();
    for (JsonElement element : array(root, "distribution")) {
      JsonObject entry = object(element, "distribution");
      String type = text(entry, "@type", "distribution");
      switch (type) {
        case "cr:FileObject" -> files.add(fileObject(entry));
        case "cr:FileSet" -> sets.add(fileSet(entry));
        default -> throw bad("expected cr:FileObject or cr:FileSet in distribution, found " + type);
      }
    }
    Optional<ImageLayout> images =
        root.has("kindred:images")
            ? Optional.of(images(object(root.get("kindred:images"), "kindred:images")))
            : Optional.empty();
    Manifest manifest =
        new Manifest(
            name,
            text(root, "description", ""),
            text(root, "license", ""),
            text(root, "citeAs", ""),
            text(root, "url", ""),
            text(root, "version", ""),
            List.copyOf(files),
            List.copyOf(sets),
            images,
            origin);
    checkReferences(manifest);
    return manifest;
  }

  private JsonObject parse() {
    if (Files.exists(origin) && !Files.isRegularFile(origin)) {
      throw bad("expected a file, found a folder, a pipe or a device");
    }
    try {
      if (Files.size(origin) > MAX_BYTES) {
        throw bad("larger than " + (MAX_BYTES >> 20) + " MiB, which no manifest is");
      }
      return object(Json.parse(Files.readString(origin, StandardCharsets.UTF_8)), "the file");
    } catch (JsonParseException | StackOverflowError e) {
      throw new InputException(origin + ": not JSON: " + firstLine(e), e);
    } catch (IOException e) {
      throw new InputException(origin + ": cannot be read: " + firstLine(e), e);
    }
  }

  private FileObject fileObject(JsonObject entry) {
    String id = id(entry);
    String where = "FileObject " + id;
    Optional<Checksum> checksum =
        optionalText(entry, "sha256", where)
            .map(hex -> checksum(Checksum.Algorithm.SHA256, hex, where))
            .or(
                () ->
                    optionalText(entry, "md5", where)
                        .map(hex -> checksum(Checksum.Algorithm.MD5, hex, where)));
    Optional<String> containedIn = containedIn(entry, where);
    if (containedIn.isEmpty() && (id.contains("/") || id.contains("\\") || id.startsWith("."))) {
      throw bad("expected a plain file name as @id of a FileObject, found " + id);
    }
    String contentUrl = text(entry, "contentUrl", where);
    if (containedIn.isEmpty()) {
      requirePlace(contentUrl, where);
    }
    return new FileObject(
        id,
        contentUrl,
        contentSize(entry, where),
        checksum,
        text(entry, "encodingFormat", where),
        containedIn);
  }

  /**
   * A manifest may come from anywhere, so it must not name just any file of this machine: an
   * address on the network, or a path that stays within the folder that holds the manifest's own
   * folder, as data folders lie beside folders of manifests. Whether an absolute path is allowed,
   * the mirrors decide.
   */
  private void requirePlace(String contentUrl, String where) {
    if (FileObject.isAddress(contentUrl)) {
      try {
        URI address = new URI(contentUrl);
        if (!Set.of("http", "https").contains(address.getScheme().toLowerCase(Locale.ROOT))
            || address.getHost() == null) {
          throw bad(
              where
                  + ": expected an https address or a relative path as contentUrl, found "
                  + contentUrl);
        }
      } catch (URISyntaxException e) {
        throw bad(where + ": contentUrl is no address: " + e.getMessage());
      }
      return;
    }
    try {
      if (Path.of(contentUrl).normalize().startsWith(Path.of("..", ".."))) {
        throw bad(
            where
                + ": contentUrl "
                + contentUrl
                + " leads out of the folder around the manifest's own");
      }
    } catch (InvalidPathException e) {
      throw bad(where + ": expected a path as contentUrl, found " + contentUrl);
    }
  }

  private Checksum checksum(Checksum.Algorithm algorithm, String hex, String where) {
    try {
      return new Checksum(algorithm, hex);
    } catch (InputException e) {
      throw bad(where + ": " + e.getMessage());
    }
  }

  private OptionalLong contentSize(JsonObject entry, String where) {
    Optional<String> text = optionalText(entry, "contentSize", where);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    String digits = text.get().replaceFirst("\\s*B$", "").trim();
    if (!digits.matches("[0-9]{1,18}")) {
      throw bad(
          where
              + ": expected contentSize as a number of bytes such as \"4542 B\", found "
              + text.get());
    }
    return OptionalLong.of(Long.parseLong(digits));
  }

  private FileSet fileSet(JsonObject entry) {
    String id = id(entry);
    String where = "FileSet " + id;
    String archive =
        containedIn(entry, where)
            .orElseThrow(() -> bad(where + ": containedIn is missing: the archive's @id"));
    List<String> includes = texts(entry, "includes", where);
    if (includes.isEmpty()) {
      throw bad(where + ": includes is missing");
    }
    return new FileSet(id, archive, includes, texts(entry, "excludes", where));
  }

  private Optional<String> containedIn(JsonObject entry, String where) {
    JsonElement element = entry.get("containedIn");
    if (element == null) {
      return Optional.empty();
    }
    return Optional.of(text(object(element, where + ": containedIn"), "@id", where));
  }

  private ImageLayout images(JsonObject json) {
    String where = "kindred:images";
    Map<String, ImageLayout.Split> splits = new LinkedHashMap<>();
    JsonElement splitsJson = json.get("splits");
    if (splitsJson == null) {
      throw bad(where + ": splits is missing");
    }
    for (Map.Entry<String, JsonElement> entry : object(splitsJson, where + ": splits").entrySet()) {
      splits.put(entry.getKey(), split(entry.getValue(), "split " + entry.getKey()));
    }
    if (splits.isEmpty()) {
      throw bad(where + ": splits is empty");
    }
    return new ImageLayout(
        text(json, "decoder", where),
        number(json, "width", where),
        number(json, "height", where),
        number(json, "channels", where),
        number(json, "resize", where),
        number(json, "crop", where),
        texts(json, "labels", where),
        optionalText(json, "label", where),
        number(json, "classDepth", where),
        optionalText(json, "classPattern", where),
        java.util.Collections.unmodifiableMap(splits),
        names(json, "classIds", where),
        names(json, "classNames", where),
        optionalText(json, "category", where).orElse(""));
  }

  private ImageLayout.Split split(JsonElement json, String where) {
    if (json.isJsonArray()) {
      return new ImageLayout.Split(
          texts(json.getAsJsonArray(), where), Optional.empty(), Optional.empty());
    }
    JsonObject split = object(json, where);
    Optional<ImageLayout.Reference> chosen =
        split.has("chosen")
            ? Optional.of(reference(object(split.get("chosen"), where + ": chosen"), where))
            : Optional.empty();
    Optional<ImageLayout.Annotations> annotations = Optional.empty();
    if (split.has("annotations")) {
      JsonObject table = object(split.get("annotations"), where + ": annotations");
      annotations =
          Optional.of(
              new ImageLayout.Annotations(
                  text(table, "file", where),
                  optionalText(table, "variable", where),
                  optionalText(table, "separator", where).orElse(","),
                  optionalText(table, "image", where).orElse("0"),
                  optionalText(table, "label", where).orElse("1")));
    }
    return new ImageLayout.Split(texts(split, "files", where), chosen, annotations);
  }

  private ImageLayout.Reference reference(JsonObject json, String where) {
    return new ImageLayout.Reference(
        text(json, "file", where), optionalText(json, "variable", where));
  }

  private ImageLayout.Names names(JsonObject json, String property, String where) {
    JsonElement element = json.get(property);
    if (element == null) {
      return new ImageLayout.Names(List.of(), Optional.empty());
    }
    if (element.isJsonArray()) {
      return new ImageLayout.Names(
          texts(element.getAsJsonArray(), where + ": " + property), Optional.empty());
    }
    return new ImageLayout.Names(List.of(), Optional.of(text(json, property, where)));
  }

  /** Every id that the manifest mentions must be one that it defines. */
  private void checkReferences(Manifest manifest) {
    Set<String> ids = new HashSet<>();
    List<String> all = new ArrayList<>();
    manifest.files().forEach(file -> all.add(file.id()));
    manifest.sets().forEach(set -> all.add(set.id()));
    for (String id : all) {
      if (!ids.add(id)) {
        throw bad("two parts of the distribution have the @id " + id);
      }
    }
    for (FileObject file : manifest.files()) {
      file.containedIn().ifPresent(archive -> requireWhole(manifest, archive));
    }
    manifest.sets().forEach(set -> requireWhole(manifest, set.containedIn()));
    manifest.images().ifPresent(images -> checkReferences(manifest, images, ids));
  }

  private void checkReferences(Manifest manifest, ImageLayout images, Set<String> ids) {
    List<String> mentioned = new ArrayList<>();
    images.classIds().file().ifPresent(mentioned::add);
    images.classNames().file().ifPresent(mentioned::add);
    for (ImageLayout.Split split : images.splits().values()) {
      for (String id : split.files()) {
        if (!ids.contains(id)) {
          throw bad("a split names " + id + ", which is not in the distribution");
        }
      }
      split.chosen().ifPresent(list -> mentioned.add(list.file()));
      split.annotations().ifPresent(table -> mentioned.add(table.file()));
    }
    mentioned.forEach(manifest::requireFile);
  }

  private void requireWhole(Manifest manifest, String archive) {
    if (manifest.requireFile(archive).containedIn().isPresent()) {
      throw bad(archive + " is contained in an archive and cannot itself contain files");
    }
  }

  private String id(JsonObject entry) {
    return text(entry, "@id", "distribution");
  }

  private String text(JsonObject json, String property, String where) {
    return optionalText(json, property, where)
        .orElseThrow(() -> bad(prefix(where) + property + " is missing"));
  }

  private Optional<String> optionalText(JsonObject json, String property, String where) {
    JsonElement element = json.get(property);
    if (element == null) {
      return Optional.empty();
    }
    if (!element.isJsonPrimitive()) {
      throw bad(prefix(where) + "expected a text as " + property + ", found " + shorten(element));
    }
    return Optional.of(element.getAsString());
  }

  private int number(JsonObject json, String property, String where) {
    Optional<String> text = optionalText(json, property, where);
    if (text.isEmpty()) {
      return 0;
    }
    if (!text.get().matches("[0-9]{1,6}")) {
      throw bad(prefix(where) + "expected a whole number as " + property + ", found " + text.get());
    }
    return Integer.parseInt(text.get());
  }

  private List<String> texts(JsonObject json, String property, String where) {
    JsonElement element = json.get(property);
    if (element == null) {
      return List.of();
    }
    return element.isJsonArray()
        ? texts(element.getAsJsonArray(), prefix(where) + property)
        : List.of(text(json, property, where));
  }

  private List<String> texts(JsonArray array, String where) {
    List<String> texts = new ArrayList<>();
    for (JsonElement element : array) {
      if (!element.isJsonPrimitive()) {
        throw bad(prefix(where) + "expected texts, found " + shorten(element));
      }
      texts.add(element.getAsString());
    }
    return List.copyOf(texts);
  }

  private JsonArray array(JsonObject json, String property) {
    JsonElement element = json.get(property);
    if (element == null || !element.isJsonArray()) {
      throw bad("expected a list as " + property);
    }
    return element.getAsJsonArray();
  }

  private JsonObject object(JsonElement element, String where) {
    if (!element.isJsonObject()) {
      throw bad(prefix(where) + "expected an object, found " + shorten(element));
    }
    return element.getAsJsonObject();
  }

  private static String prefix(String where) {
    return where.isEmpty() ? "" : where + ": ";
  }

  private static String shorten(JsonElement element) {
    String text = element.toString();
    return text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
  }

  private InputException bad(String problem) {
    return new InputException(origin + ": " + problem);
  }
}
