package dev.kindred.base;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Random streams by name: one root seed and a name give one stream, whatever else draws numbers and
 * in whatever order.
 *
 * @param root the root seed
 */
public record Seeds(long root) {

  /** A seed for {@code name}: the first eight bytes of SHA-256 over the root seed and the name. */
  public long seed(String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    ByteBuffer message = ByteBuffer.allocate(8 + text.length).putLong(root).put(text);
    return ByteBuffer.wrap(Checksums.sha256Bytes(message.array())).getLong();
  }

  /** A fresh stream for {@code name}; two calls with one name give equal streams. */
  public SplittableRandom stream(String name) {
    return new SplittableRandom(seed(name));
  }

  /** Seeds of a part, so that parts can name their streams without knowing of each other. */
  public Seeds child(String name) {
    return new Seeds(seed(name));
  }
}
