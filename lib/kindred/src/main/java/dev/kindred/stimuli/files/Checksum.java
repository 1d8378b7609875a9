package dev.kindred.stimuli.files;

import dev.kindred.base.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What a file's bytes must hash to.
 *
 * @param algorithm how it is computed
 * @param hex the value in lower-case hexadecimal
 */
public record Checksum(Algorithm algorithm, String hex) {

  /** The two hashes of Croissant. MD5 stands where a publisher gives nothing better. */
  public enum Algorithm {
    SHA256("SHA-256", 64),
    MD5("MD5", 32);

    private final String javaName;
    private final int digits;

    Algorithm(String javaName, int digits) {
      this.javaName = javaName;
      this.digits = digits;
    }

    /** A fresh digest. */
    public MessageDigest digest() {
      try {
        return MessageDigest.getInstance(javaName);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has " + javaName, e);
      }
    }

    /** As Croissant writes it: {@code sha256}, {@code md5}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Checksum {
    hex = hex.toLowerCase(Locale.ROOT);
    if (!hex.matches("[0-9a-f]{" + algorithm.digits + "}")) {
      throw new InputException(
          "expected "
              + algorithm.digits
              + " hexadecimal digits as "
              + algorithm
              + ", found "
              + hex);
    }
  }

  /** The checksum of a file's bytes. */
  public static Checksum of(Path file, Algorithm algorithm) throws IOException {
    MessageDigest digest = algorithm.digest();
    byte[] buffer = new byte[1 << 17];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return new Checksum(algorithm, HexFormat.of().formatHex(digest.digest()));
  }

  /** As {@code sha256 0123…}. */
  @Override
  public String toString() {
    return algorithm + " " + hex;
  }
}
