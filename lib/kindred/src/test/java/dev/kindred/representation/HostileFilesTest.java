package dev.kindred.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that would fill the memory or never end: small on the disk, or not files at all. */
class HostileFilesTest {
  /** Beyond what compressed data may take, and what a description reads. */
  private static final long ROWS = 3_000;

  private static final int COLUMNS = 100_000;

  @TempDir private Path folder;

  @Test
  void aSmallArchiveOfManyZerosIsRefusedAndShownByItsHeader() throws IOException {
    Path file = folder.resolve("zeros.npz");
    byte[] packed = packed(header("<f8", "(" + ROWS + ", " + COLUMNS + ")"), true);
    ZipArchiveEntry entry = new ZipArchiveEntry("x.npy");
    entry.setMethod(ZipEntry.DEFLATED);
    entry.setSize(128 + 8 * ROWS * COLUMNS);
    entry.setCompressedSize(packed.length);
    entry.setCrc(1);
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(file)) {
      zip.addRawArchiveEntry(entry, new ByteArrayInputStream(packed));
    }
    assertThat(Files.size(file)).isLessThan(20 << 20);

    assertThatThrownBy(() -> Representations.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("unpacks to " + (128 + 8 * ROWS * COLUMNS) + " bytes");
    Description description = Description.of(file, ReadOptions.defaults());
    assertThat(description.array().orElseThrow().shape()).containsExactly(ROWS, (long) COLUMNS);
    assertThat(description.array().orElseThrow().values()).isEmpty();
  }

  @Test
  void aTableOfOneLineWithMillionsOfColumnsIsRefused() throws IOException {
    Path file = folder.resolve("wide.csv");
    Files.writeString(file, "1,".repeat(1 << 22) + "1\n");

    assertThatThrownBy(() -> Representations.read(file))
        .isInstanceOf(InputException.class)
        .hasMessage(file + ": line 1 has more than 2^22 columns; expected one for each unit");
  }

  @Test
  void aSmallMatlabFileOfManyZerosIsRefused() throws IOException {
    Path file = folder.resolve("zeros.mat");
    try (OutputStream out = Files.newOutputStream(file)) {
      ByteBuffer header = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
      header.put("MATLAB 5.0 MAT-file".getBytes(StandardCharsets.US_ASCII));
      header.putShort(124, (short) 0x0100).put(126, (byte) 'I').put(127, (byte) 'M');
      ByteBuffer matrix = ByteBuffer.allocate(56).order(ByteOrder.LITTLE_ENDIAN);
      matrix.putInt(14).putInt((int) (48 + 8 * ROWS * COLUMNS)); // a matrix
      matrix.putInt(6).putInt(8).putInt(6).putInt(0); // flags: double
      matrix.putInt(5).putInt(8).putInt((int) ROWS).putInt(COLUMNS); // lengths of the axes
      matrix.putShort((short) 1).putShort((short) 1).putInt('x'); // name
      matrix.putInt(9).putInt((int) (8 * ROWS * COLUMNS));
      byte[] packed = packed(matrix.array(), false);
      out.write(header.array());
      ByteBuffer tag = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      out.write(tag.putInt(15).putInt(packed.length).array());
      out.write(packed);
    }

    assertThatThrownBy(() -> Representations.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("compressed data may take");
  }

  @Test
  void textsOfAnyWidthTakeNoMemoryWhereThereAreNone() throws IOException {
    Path file = folder.resolve("liar.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("x.npy"));
      zip.write(header("<f8", "(1, 1)"));
      zip.write(new byte[8]);
      zip.putNextEntry(new ZipEntry("stimulus_ids.npy"));
      zip.write(header("<U99999999", "(0,)"));
      zip.closeEntry();
    }

    assertThatThrownBy(() -> Representations.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("found 0 ids");
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void whatIsNoFileIsRefusedAndNamed() throws Exception {
    Path pipe = folder.resolve("pipe.npy");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Path endless = Path.of("/dev/zero");
    Path x = folder.resolve("x.npy");
    Representations.write(Representation.of("x", new double[][] {{1}, {2}}), x);

    assertRefused(pipe, ReadOptions.defaults(), pipe);
    assertRefused(endless, ReadOptions.defaults(), endless);
    assertRefused(x, ReadOptions.defaults().stimulusIds(endless), endless);
    assertRefused(x, ReadOptions.defaults().stimulusIds(pipe), pipe);
  }

  private static void assertRefused(Path file, ReadOptions options, Path named) {
    assertThatThrownBy(() -> Representations.read(file, options))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(named + ": expected a");
  }

  /**
   * A beginning, then the zeros: one packed piece over and over, as packing them all takes long.
   */
  private static byte[] packed(byte[] beginning, boolean raw) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, raw);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(packed(deflater, beginning));
    byte[] piece = packed(deflater, new byte[8 * COLUMNS]);
    for (long i = 0; i < ROWS; i++) {
      out.writeBytes(piece);
    }
    deflater.setInput(new byte[0]);
    deflater.finish();
    byte[] end = new byte[64];
    out.write(end, 0, deflater.deflate(end));
    deflater.end();
    return out.toByteArray();
  }

  private static byte[] packed(Deflater deflater, byte[] bytes) {
    deflater.setInput(bytes);
    byte[] buffer = new byte[1 << 16];
    return Arrays.copyOf(buffer, deflater.deflate(buffer, 0, buffer.length, Deflater.FULL_FLUSH));
  }

  /** A .npy header of 128 bytes. */
  private static byte[] header(String type, String shape) {
    String text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
    ByteBuffer header = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
    header.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    header.put((byte) 1).put((byte) 0).putShort((short) 118);
    header.put((text + " ".repeat(117 - text.length()) + "\n").getBytes(StandardCharsets.US_ASCII));
    return header.array();
  }
}
