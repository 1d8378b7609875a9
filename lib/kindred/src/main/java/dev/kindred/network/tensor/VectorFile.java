package dev.kindred.network.tensor;

import dev.kindred.base.AtomicFile;
import dev.kindred.base.Checksums;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A text and named vectors of float32 in one file, with a SHA-256 of all before it at the end.
 *
 * @param header the text
 * @param vectors by name, in order
 */
public record VectorFile(String header, Map<String, float[]> vectors) {
  private static final int MAGIC = 0x4b564631; // "KVF1"
  private static final int DIGEST_BYTES = 32;

  /** Writes beside and renames, so that the file is whole at every moment. */
  public void write(Path file) throws IOException {
    AtomicFile.write(file, this::writeWhole);
  }

  private void writeWhole(Path beside) throws IOException {
    MessageDigest digest = Checksums.newSha256();
    try (OutputStream raw = Files.newOutputStream(beside)) {
      DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(new DigestOutputStream(raw, digest)));
      writeTo(out);
      out.flush();
      raw.write(digest.digest());
    }
  }

  private void writeTo(DataOutputStream out) throws IOException {
    out.writeInt(MAGIC);
    writeText(out, header);
    out.writeInt(vectors.size());
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
    for (Map.Entry<String, float[]> vector : vectors.entrySet()) {
      writeText(out, vector.getKey());
      out.writeInt(vector.getValue().length);
      bytes.clear();
      for (float value : vector.getValue()) {
        if (!bytes.hasRemaining()) {
          out.write(bytes.array());
          bytes.clear();
        }
        bytes.putFloat(value);
      }
      out.write(bytes.array(), 0, bytes.position());
    }
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read, or is damaged
   */
  public static VectorFile read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int length = bytes.length - DIGEST_BYTES;
    if (length < 0
        || !MessageDigest.isEqual(
            Checksums.newSha256().digest(Arrays.copyOf(bytes, length)),
            Arrays.copyOfRange(bytes, length, bytes.length))) {
      throw new IOException(file + ": the file is damaged: its checksum does not match");
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, length));
    if (in.readInt() != MAGIC) {
      throw new IOException(file + ": not a file of weights");
    }
    String header = readText(in);
    Map<String, float[]> vectors = new LinkedHashMap<>();
    for (int i = in.readInt(); i > 0; i--) {
      String name = readText(in);
      float[] values = new float[in.readInt()];
      ByteBuffer.wrap(in.readNBytes(4 * values.length)).asFloatBuffer().get(values);
      vectors.put(name, values);
    }
    return new VectorFile(header, vectors);
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}
