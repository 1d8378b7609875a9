package dev.kindred.recording;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.kindred.base.AtomicFile;
import dev.kindred.base.InputException;
import dev.kindred.base.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Everything that is recorded of one epoch, in one file: a line of JSON that says what follows,
 * then blocks of bytes, each with its checksum. The file is written beside and renamed, so an epoch
 * is recorded wholly or not at all.
 */
final class EpochFile {
  private static final Gson GSON = Json.builder().create();
  private static final int USUAL_HEADER = 1 << 13;
  private static final int MAX_HEADER = 1 << 20;

  private EpochFile() {}

  /**
   * What one file holds.
   *
   * @param epoch number of the epoch
   * @param blocks size and place of each block, by name
   * @param seconds time that each part of the recording took, by name
   * @param values single numbers, such as a probe's error, by name
   */
  record Header(
      int epoch,
      Map<String, Block> blocks,
      Map<String, Double> seconds,
      Map<String, Double> values) {}

  /** A block's place behind the header line, its size in bytes and its CRC-32. */
  record Block(long offset, int bytes, long crc) {}

  static Path path(Path folder, int epoch) {
    return folder.resolve(String.format("epoch-%06d.kindred", epoch));
  }

  static void write(
      Path folder,
      int epoch,
      Map<String, byte[]> blocks,
      Map<String, Double> seconds,
      Map<String, Double> values) {
    Map<String, Block> places = new LinkedHashMap<>();
    long offset = 0;
    for (Map.Entry<String, byte[]> block : blocks.entrySet()) {
      CRC32 crc = new CRC32();
      crc.update(block.getValue());
      places.put(block.getKey(), new Block(offset, block.getValue().length, crc.getValue()));
      offset += block.getValue().length;
    }
    byte[] header =
        (GSON.toJson(new Header(epoch, places, seconds, values)) + "\n")
            .getBytes(StandardCharsets.UTF_8);
    Path file = path(folder, epoch);
    try {
      AtomicFile.write(
          file,
          beside -> {
            try (OutputStream out = Files.newOutputStream(beside)) {
              out.write(header);
              for (byte[] block : blocks.values()) {
                out.write(block);
              }
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": the epoch cannot be recorded", e);
    }
  }

  /** An open file of one epoch. */
  static final class Reader implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final Header header;
    private final long start;

    Reader(Path file) {
      this.file = file;
      try {
        channel = FileChannel.open(file, StandardOpenOption.READ);
        ByteBuffer head = ByteBuffer.allocate(0);
        int end = 0;
        for (int size = USUAL_HEADER; size <= MAX_HEADER && end == head.limit(); size *= 2) {
          head = ByteBuffer.allocate(size);
          fill(head, 0);
          while (end < head.limit() && head.get(end) != '\n') {
            end++;
          }
        }
        header =
            GSON.fromJson(new String(head.array(), 0, end, StandardCharsets.UTF_8), Header.class);
        start = end + 1L;
        if (header == null || header.blocks == null) {
          throw new InputException(file + ": not a recorded epoch");
        }
        long whole = start;
        for (Block block : header.blocks.values()) {
          whole = Math.max(whole, start + block.offset + block.bytes);
        }
        if (channel.size() < whole) {
          throw new InputException(
              file + ": cut off: expected " + whole + " bytes, found " + channel.size());
        }
      } catch (IOException e) {
        throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
      } catch (JsonParseException e) {
        throw new InputException(file + ": not a recorded epoch", e);
      }
    }

    Header header() {
      return header;
    }

    /** A block, verified. */
    ByteBuffer block(String name) {
      Block block = place(name);
      ByteBuffer bytes = ByteBuffer.allocate(block.bytes).order(ByteOrder.LITTLE_ENDIAN);
      try {
        fill(bytes, start + block.offset);
      } catch (IOException e) {
        throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
      }
      require(name, block, bytes.duplicate());
      return bytes;
    }

    /**
     * A block as a part of the file in memory, verified; lives on when the reader is closed.
     *
     * @param bytes that it has, as those of all other epochs
     */
    ByteBuffer map(String name, int bytes) {
      Block block = place(name);
      if (block.bytes != bytes) {
        throw new InputException(
            file
                + ": expected "
                + bytes
                + " bytes of "
                + name
                + ", found "
                + block.bytes
                + "; was it recorded with other images or sizes?");
      }
      try {
        ByteBuffer part =
            channel
                .map(FileChannel.MapMode.READ_ONLY, start + block.offset, block.bytes)
                .order(ByteOrder.LITTLE_ENDIAN);
        require(name, block, part.duplicate());
        return part;
      } catch (IOException e) {
        throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
      }
    }

    private Block place(String name) {
      Block block = header.blocks.get(name);
      if (block == null) {
        throw new InputException(
            file + " has no " + name + "; it has " + String.join(", ", header.blocks.keySet()));
      }
      return block;
    }

    private void require(String name, Block block, ByteBuffer bytes) {
      CRC32 crc = new CRC32();
      int found = bytes.remaining();
      crc.update(bytes);
      if (found != block.bytes || crc.getValue() != block.crc) {
        throw new InputException(file + ": damaged: the checksum of " + name + " does not match");
      }
    }

    private void fill(ByteBuffer buffer, long position) throws IOException {
      long at = position;
      while (buffer.hasRemaining()) {
        int read = channel.read(buffer, at);
        if (read < 0) {
          break;
        }
        at += read;
      }
      buffer.flip();
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(file.toString(), e);
      }
    }
  }
}
