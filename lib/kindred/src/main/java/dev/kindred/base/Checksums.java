package dev.kindred.base;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of bytes and files, as lower-case hexadecimal. */
public final class Checksums {
  private Checksums() {}

  public static String sha256(byte[] bytes) {
    return text(newSha256().digest(bytes));
  }

  public static String sha256(Path file) throws IOException {
    MessageDigest digest = newSha256();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return text(digest.digest());
  }

  /** A fresh SHA-256 digest, for data that arrives in pieces. */
  public static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A digest in hexadecimal. */
  public static String text(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  static byte[] sha256Bytes(byte[] bytes) {
    return newSha256().digest(bytes);
  }
}
