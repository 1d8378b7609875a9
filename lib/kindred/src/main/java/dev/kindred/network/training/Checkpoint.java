package dev.kindred.network.training;

import dev.kindred.base.Checksums;
import dev.kindred.base.InputException;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A training run at the end of an epoch, on disk: plan, epoch, curve, and every vector (weights,
 * statistics, the optimiser's state, what the objective keeps), with a checksum at the end. Random
 * streams need no place in it, as they are derived from the seed, the epoch and the batch.
 */
record Checkpoint(
    String plan, int epoch, long step, LearningCurve curve, Map<String, float[]> vectors) {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);
  private static final int MAGIC = 0x4b434831; // "KCH1"
  private static final int DIGEST_BYTES = 32;

  /** Writes beside and renames, so that the file is whole at every moment. */
  void write(Path file) {
    Path beside = file.resolveSibling(file.getFileName() + ".tmp" + ProcessHandle.current().pid());
    try {
      if (file.toAbsolutePath().getParent() != null) {
        Files.createDirectories(file.toAbsolutePath().getParent());
      }
      MessageDigest digest = Checksums.newSha256();
      try (OutputStream raw = Files.newOutputStream(beside)) {
        DigestOutputStream digested = new DigestOutputStream(raw, digest);
        DataOutputStream out = new DataOutputStream(new java.io.BufferedOutputStream(digested));
        writeTo(out);
        out.flush();
        raw.write(digest.digest());
      }
      Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": the checkpoint cannot be written", e);
    }
  }

  private void writeTo(DataOutputStream out) throws IOException {
    out.writeInt(MAGIC);
    writeText(out, plan);
    out.writeInt(epoch);
    out.writeLong(step);
    out.writeInt(curve.points().size());
    for (LearningCurve.Point point : curve.points()) {
      out.writeInt(point.epoch());
      out.writeDouble(point.loss());
      out.writeDouble(point.trainError());
      out.writeDouble(point.testError());
    }
    out.writeInt(vectors.size());
    for (Map.Entry<String, float[]> vector : vectors.entrySet()) {
      writeText(out, vector.getKey());
      out.writeInt(vector.getValue().length);
      ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
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
   * Reads a checkpoint of {@code plan}; empty where there is none, or where the file is damaged.
   *
   * @throws InputException if it belongs to another plan
   */
  static Optional<Checkpoint> read(Path file, String plan) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Checkpoint checkpoint;
    try {
      byte[] bytes = Files.readAllBytes(file);
      int length = bytes.length - DIGEST_BYTES;
      if (length < 0
          || !MessageDigest.isEqual(
              Checksums.newSha256().digest(Arrays.copyOf(bytes, length)),
              Arrays.copyOfRange(bytes, length, bytes.length))) {
        LOG.warn("{}: the checkpoint is damaged; the run starts anew", file);
        return Optional.empty();
      }
      checkpoint = readFrom(new DataInputStream(new ByteArrayInputStream(bytes, 0, length)));
    } catch (IOException e) {
      LOG.warn("{}: the checkpoint cannot be read; the run starts anew: {}", file, e.toString());
      return Optional.empty();
    }
    if (!checkpoint.plan.equals(plan)) {
      throw new InputException(
          file + " belongs to another run: expected " + plan + ", found " + checkpoint.plan);
    }
    return Optional.of(checkpoint);
  }

  private static Checkpoint readFrom(DataInputStream in) throws IOException {
    if (in.readInt() != MAGIC) {
      throw new IOException("not a checkpoint");
    }
    String plan = readText(in);
    int epoch = in.readInt();
    long step = in.readLong();
    List<LearningCurve.Point> points = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      points.add(
          new LearningCurve.Point(in.readInt(), in.readDouble(), in.readDouble(), in.readDouble()));
    }
    Map<String, float[]> vectors = new LinkedHashMap<>();
    for (int i = in.readInt(); i > 0; i--) {
      String name = readText(in);
      float[] values = new float[in.readInt()];
      byte[] bytes = in.readNBytes(4 * values.length);
      ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
      vectors.put(name, values);
    }
    return new Checkpoint(plan, epoch, step, new LearningCurve(points), vectors);
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
