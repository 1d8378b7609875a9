package dev.kindred.measure.kernel;

import dev.kindred.base.AtomicFile;
import dev.kindred.base.InputException;
import dev.kindred.base.array.Half;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Measure;
import dev.kindred.measure.Measures;
import dev.kindred.representation.Representation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Recorded representations in the form in which a kernel measure compares them: for each, the
 * centred matrix over pairs of a fixed probe set, batch by batch, as one long vector. Of a layer at
 * 4 × 512 stimuli that is 1.05 MB in float16, however wide the layer; comparing any two costs an
 * inner product.
 *
 * <pre>{@code
 * EmbeddingFile file = EmbeddingFile.create(path, "cka[estimator=biased,batch=512]", 2048, FLOAT16);
 * file.append("epoch 0", responses);
 * LabelledMatrix map = new EmbeddingMatrix(vectors(file.entries(), MEAN)).matrix();
 * }</pre>
 *
 * <p>Appending is atomic: a record counts once it is complete with its checksum, and what a kill
 * leaves behind is overwritten by the next record. One writer at a time; readers may read along.
 *
 * <p>Layout, little-endian: the header (magic, number type, number of stimuli, specification), then
 * records of equal size: name, HSIC and norm of every batch, the packed lower triangles (entries
 * below the diagonal times √2, all times the batch's size, so that float16 has its best digits),
 * CRC-32C.
 */
public final class EmbeddingFile {
  /** How numbers are stored. */
  public enum Format {
    /** Two bytes; errors of a value are below 1e-4 for 20 stimuli, and fall with their number. */
    FLOAT16(2),
    FLOAT32(4);

    private final int bytes;

    Format(int bytes) {
      this.bytes = bytes;
    }

    int bytes() {
      return bytes;
    }
  }

  /** How the values of batches become one. */
  public enum Average {
    /** The ratio of mean HSICs, as public mini-batch code has it. */
    RATIO,
    /** The mean of the batches' values, as studies of training dynamics have it. */
    MEAN
  }

  private static final byte[] MAGIC = "KINDRED EMB 1\n\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER_BYTES = 1024;
  private static final int NAME_BYTES = 256;

  private final Path path;
  private final String specification;
  private final KernelMeasure measure;
  private final Format format;
  private final int stimuli;
  private final int[] sizes;

  private EmbeddingFile(Path path, String specification, Format format, int stimuli) {
    this.path = path;
    this.specification = specification;
    this.format = format;
    this.stimuli = stimuli;
    Measure parsed = Measures.parse(specification);
    if (!(parsed instanceof KernelMeasure kernelMeasure)) {
      throw new InputException(
          specification + " has no recorded form; cka, rsa and distance-correlation have one");
    }
    this.measure = kernelMeasure;
    Batches batches = measure.batches();
    batches.require(path.getFileName().toString(), stimuli, measure.info().minimumStimuli());
    this.sizes = new int[batches.count(stimuli)];
    for (int b = 0; b < sizes.length; b++) {
      sizes[b] = batches.to(b, stimuli) - batches.from(b);
    }
  }

  /**
   * A new file without records; an existing one is replaced.
   *
   * @param path where
   * @param specification a kernel measure; mini-batches by its {@code batch}
   * @param stimuli number of stimuli in the probe set
   * @param format of the numbers
   */
  public static EmbeddingFile create(Path path, String specification, int stimuli, Format format) {
    String canonical = Measures.parse(specification).info().specification();
    EmbeddingFile file = new EmbeddingFile(path, canonical, format, stimuli);
    byte[] text = canonical.getBytes(StandardCharsets.UTF_8);
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.put(MAGIC).putInt(format.bytes()).putInt(stimuli).putInt(text.length).put(text);
    try {
      AtomicFile.write(path, header.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** An existing file, to be read or appended to. */
  public static EmbeddingFile open(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      read(channel, header, 0);
      header.flip();
      byte[] magic = new byte[MAGIC.length];
      if (header.remaining() == HEADER_BYTES) {
        header.get(magic);
      }
      if (!java.util.Arrays.equals(magic, MAGIC)) {
        throw new InputException(path + " is not a file of recorded embeddings");
      }
      Format format = header.getInt() == Format.FLOAT16.bytes() ? Format.FLOAT16 : Format.FLOAT32;
      int stimuli = header.getInt();
      byte[] text = new byte[Math.max(0, Math.min(header.getInt(), header.remaining()))];
      header.get(text);
      return new EmbeddingFile(path, new String(text, StandardCharsets.UTF_8), format, stimuli);
    } catch (IOException e) {
      throw new InputException(path + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The measure that the embeddings are of. */
  public String specification() {
    return specification;
  }

  /** Number of stimuli in the probe set. */
  public int stimuli() {
    return stimuli;
  }

  public Path path() {
    return path;
  }

  /**
   * Records one more representation.
   *
   * @param name its name, at most 256 bytes
   * @param x responses to the probe set
   * @throws InputException on other numbers of stimuli, NaN, or stimuli that do not vary
   */
  public void append(String name, Representation x) {
    if (x.stimuli() != stimuli) {
      throw new InputException(
          x.id() + " has " + x.stimuli() + " rows; expected the " + stimuli + " of " + path);
    }
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    if (text.length > NAME_BYTES) {
      throw new InputException("name " + name + " has more than " + NAME_BYTES + " bytes");
    }
    ByteBuffer record =
        ByteBuffer.allocate(Math.toIntExact(recordBytes())).order(ByteOrder.LITTLE_ENDIAN);
    record.put(text).position(NAME_BYTES);
    int[] batch = {0};
    measure.batchEmbedder().embed(x, (unit, hsic) -> putBatch(record, batch[0]++, unit, hsic));
    int checksumAt = record.capacity() - Long.BYTES;
    record.putLong(checksumAt, checksum(record, checksumAt));
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      long place = HEADER_BYTES + count() * recordBytes();
      channel.truncate(place);
      record.clear();
      while (record.hasRemaining()) {
        place += channel.write(record, place);
      }
      channel.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The records that are there, in the order in which they were appended. */
  public List<Entry> entries() {
    long count = count();
    List<Entry> entries = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      for (int i = 0; i < count; i++) {
        ByteBuffer head =
            ByteBuffer.allocate(NAME_BYTES + 2 * Double.BYTES * sizes.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        read(channel, head, HEADER_BYTES + i * recordBytes());
        head.flip();
        int length = 0;
        while (length < NAME_BYTES && head.get(length) != 0) {
          length++;
        }
        String name = new String(head.array(), 0, length, StandardCharsets.UTF_8);
        double[] hsic = new double[sizes.length];
        double[] norms = new double[sizes.length];
        for (int b = 0; b < sizes.length; b++) {
          hsic[b] = head.getDouble(NAME_BYTES + 2 * b * Double.BYTES);
          norms[b] = head.getDouble(NAME_BYTES + (2 * b + 1) * Double.BYTES);
        }
        entries.add(new Entry(this, i, name, hsic, norms));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries;
  }

  /**
   * Checks every record against its checksum.
   *
   * @throws InputException naming the first that is damaged
   */
  public void verify() {
    ByteBuffer record =
        ByteBuffer.allocate(Math.toIntExact(recordBytes())).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      for (int i = 0; i < count(); i++) {
        read(channel, record.clear(), HEADER_BYTES + i * recordBytes());
        int checksumAt = record.capacity() - Long.BYTES;
        if (checksum(record, checksumAt) != record.getLong(checksumAt)) {
          throw new InputException(path + ": record " + i + " is damaged");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * One record.
   *
   * @param file where it is
   * @param index its position
   * @param name its name
   * @param hsic of every batch
   * @param norms of every batch's stored vector
   */
  public record Entry(EmbeddingFile file, int index, String name, double[] hsic, double[] norms) {}

  /**
   * Records of one file, or of several with the same measure and stimuli, to be compared.
   *
   * @param entries at least one
   * @param average how batches become one value
   */
  public static RecordedVectors vectors(List<Entry> entries, Average average) {
    return new EmbeddingEntries(entries, average);
  }

  /** The checksum that a record was written with. */
  long storedChecksum(int record) {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      read(channel, bytes, HEADER_BYTES + (record + 1) * recordBytes() - Long.BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.getLong(0);
  }

  KernelMeasure measure() {
    return measure;
  }

  int batches() {
    return sizes.length;
  }

  /** Numbers of one batch's vector. */
  int length(int batch) {
    return Math.toIntExact((long) sizes[batch] * (sizes[batch] + 1) / 2);
  }

  /**
   * Reads numbers {@code from} … of one batch of one record.
   *
   * @param channel of this file
   * @param bytes room, little-endian, for {@code count} numbers
   * @param target receives them as float32
   */
  void read(
      FileChannel channel,
      int record,
      int batch,
      int from,
      int count,
      ByteBuffer bytes,
      float[] target)
      throws IOException {
    long place = HEADER_BYTES + record * recordBytes() + NAME_BYTES + 16L * sizes.length;
    for (int b = 0; b < batch; b++) {
      place += (long) length(b) * format.bytes();
    }
    bytes.clear().limit(count * format.bytes());
    read(channel, bytes, place + (long) from * format.bytes());
    bytes.flip();
    if (format == Format.FLOAT32) {
      bytes.asFloatBuffer().get(target, 0, count);
    } else {
      short[] halves = new short[count];
      bytes.asShortBuffer().get(halves);
      for (int i = 0; i < count; i++) {
        target[i] = Half.toFloat(halves[i]);
      }
    }
  }

  private void putBatch(ByteBuffer record, int batch, Matrix unit, double hsic) {
    int n = sizes[batch];
    double squares = 0;
    int place = NAME_BYTES + 16 * sizes.length;
    for (int b = 0; b < batch; b++) {
      place += length(b) * format.bytes();
    }
    record.position(place);
    double[] column = new double[n];
    for (int j = 0; j < n; j++) {
      unit.readColumn(j, column);
      for (int i = j; i < n; i++) {
        float value = (float) (column[i] * n * (i == j ? 1 : Math.sqrt(2)));
        if (format == Format.FLOAT16) {
          short half = Half.fromFloat(value);
          record.putShort(half);
          value = Half.toFloat(half);
        } else {
          record.putFloat(value);
        }
        squares += (double) value * value;
      }
    }
    record.putDouble(NAME_BYTES + 2 * batch * Double.BYTES, hsic);
    record.putDouble(NAME_BYTES + (2 * batch + 1) * Double.BYTES, Math.sqrt(squares));
  }

  private long recordBytes() {
    long numbers = 0;
    for (int b = 0; b < sizes.length; b++) {
      numbers += length(b);
    }
    return NAME_BYTES + 16L * sizes.length + numbers * format.bytes() + Long.BYTES;
  }

  /** Complete records; a torn last one is found by its checksum. */
  private long count() {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long count = (channel.size() - HEADER_BYTES) / recordBytes();
      if (count == 0) {
        return 0;
      }
      ByteBuffer last =
          ByteBuffer.allocate(Math.toIntExact(recordBytes())).order(ByteOrder.LITTLE_ENDIAN);
      read(channel, last, HEADER_BYTES + (count - 1) * recordBytes());
      int checksumAt = last.capacity() - Long.BYTES;
      return checksum(last, checksumAt) == last.getLong(checksumAt) ? count : count - 1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long checksum(ByteBuffer record, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(record.array(), 0, length);
    return checksum.getValue();
  }

  private static void read(FileChannel channel, ByteBuffer target, long place) throws IOException {
    long at = place;
    while (target.hasRemaining()) {
      int read = channel.read(target, at);
      if (read < 0) {
        break;
      }
      at += read;
    }
  }
}
