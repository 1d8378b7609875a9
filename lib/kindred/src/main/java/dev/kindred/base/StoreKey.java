package dev.kindred.base;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Names a result by everything it is made from.
 *
 * @param kind what the result is, a word such as {@code model} or {@code similarity}; part of file
 *     names
 * @param revision revision of the code that computes it; raised when that code would give another
 *     result
 * @param recipe parameters, seeds and checksums of inputs; equal recipes mean equal results
 */
public record StoreKey(String kind, int revision, Provenance recipe) {

  public StoreKey {
    if (!kind.matches("[a-z0-9-]+")) {
      throw new InputException(
          "kind of a stored result: expected lower-case letters, digits and hyphens, found "
              + kind);
    }
    Objects.requireNonNull(recipe);
  }

  /** SHA-256 over kind, revision and recipe, as hexadecimal. */
  public String hash() {
    String text = kind + "\n" + revision + "\n" + recipe;
    return Checksums.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  String folderName() {
    return kind + "-" + hash().substring(0, 32);
  }

  @Override
  public String toString() {
    return folderName();
  }
}
