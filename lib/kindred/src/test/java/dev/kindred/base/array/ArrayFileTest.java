package dev.kindred.base.array;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.base.Checksums;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrayFileTest {
  private static final int COUNT = 100_000;

  @TempDir Path folder;

  private Path file() throws IOException {
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + COUNT + ",), }";
    ByteBuffer bytes = ByteBuffer.allocate(128 + 4 * COUNT);
    new Random(1).nextBytes(bytes.array());
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    bytes.put(new byte[] {1, 0, 118, 0});
    bytes.put((header + " ".repeat(117 - header.length()) + "\n").getBytes());
    return Files.write(folder.resolve("x.npy"), bytes.array());
  }

  /** Emptied before the checksum is asked for: a second reading would find nothing. */
  @Test
  void whatIsReadInOrderIsReadOnce() throws IOException {
    Path file = file();
    String checksum = Checksums.sha256(file);
    try (ArrayFile open = ArrayFile.open(file)) {
      NumericArray array = open.array();
      assertThat(array.isPlain()).isTrue();
      ByteBuffer part = ByteBuffer.allocateDirect(COUNT);
      for (int from = 0; from < COUNT; from += COUNT / 4) {
        array.readPlain(from, part.clear());
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(0);
      }
      assertThat(open.sha256()).isEqualTo(checksum);
    }
  }

  @Test
  void whateverIsReadTheChecksumIsThatOfTheFile() throws IOException {
    Path file = file();
    String checksum = Checksums.sha256(file);
    try (ArrayFile open = ArrayFile.open(file)) {
      assertThat(open.sha256()).isEqualTo(checksum);
    }
    try (ArrayFile open = ArrayFile.open(file)) {
      NumericArray array = open.array();
      array.read(500, DoubleBuffer.allocate(70_000));
      array.read(0, DoubleBuffer.allocate(900));
      array.read(10, DoubleBuffer.allocate(20));
      assertThat(open.sha256()).isEqualTo(checksum);
    }
  }
}
